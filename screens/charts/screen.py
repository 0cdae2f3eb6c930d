"""Where looking beats reading: the hours of today, the reach of the week, supply against demand."""

from typing import ClassVar

from rich.console import Group
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.events import Resize, ScreenResume
from textual.widgets import Static, Tab, Tabs

from db.views.floor import Charts
from screens.base import DeskScreen, Workplace, key
from screens.charts.drawing import balance_chart, hours_chart, week_chart
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

NAMES = ("today", "week", "regions", "profiles")


class ChartsScreen(DeskScreen[None]):
    """Four charts: one at a time, or two by two where there is room."""

    DEFAULT_CSS = """
    ChartsScreen {
        #charts-body { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        #charts-body Vertical { height: auto; }
        .chart { height: auto; display: none; padding: 1 0 0 0; }
        .chart.-front { display: block; }
        &.-wide Tabs { display: none; }
        &.-wide #charts-body { layout: horizontal; }
        &.-wide #charts-left { width: 1fr; margin: 0 2 0 0; }
        &.-wide #charts-right { width: 62; }
        &.-wide .chart { display: block; padding: 0 0 1 0; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        key("right,tab", "turn(1)", "charts.next"),
        key("left,shift+tab", "turn(-1)", "charts.previous"),
        *(key(str(number), f"pick({number})", "charts.pick", show=False) for number in range(1, 5)),
        key("down,pagedown", "scroll(1)", "charts.down", show=False),
        key("up,pageup", "scroll(-1)", "charts.up", show=False),
        key("escape", "dismiss(None)", "charts.close"),
    ]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._charts: Charts | None = None

    @property
    def front(self) -> str:
        """The chart in front."""
        return self.query_one(Tabs).active or NAMES[0]

    def compose(self) -> ComposeResult:
        """Tabs and a place for each chart."""
        yield TopBar(self.workplace, "place.charts")
        yield Tabs(
            *(
                Tab(f"{number} {self.texts(f'charts.tab.{name}')}", id=name)
                for number, name in enumerate(NAMES, 1)
            )
        )
        with VerticalScroll(id="charts-body"):
            for side, names in (("left", NAMES[:2]), ("right", NAMES[2:])):
                with Vertical(id=f"charts-{side}"):
                    for name in names:
                        yield Static("", id=f"chart-{name}", classes="chart", markup=False)
        yield SteadyFooter()

    def on_mount(self) -> None:
        """The keys are the screen's own."""
        self.query_one(Tabs).can_focus = False
        self.query_one("#charts-body").can_focus = False
        self.query_one(TopBar).note(self.texts("charts.waiting"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where all charts are seen at once there is none to turn to."""
        del parameters
        return action not in ("turn", "pick") or not self.has_class("-wide")

    @on(ScreenResume)
    def _resumed(self) -> None:
        self.load()

    @work(exclusive=True, group="charts.load")
    async def load(self) -> None:
        """Count and draw."""
        charts = await self.desk.floor.charts()
        if self.is_here:
            self._charts = charts
            self._draw()

    @on(Resize)
    def _resized(self) -> None:
        self._draw()

    @on(Tabs.TabActivated)
    def _turned(self) -> None:
        self._draw()

    def _draw(self) -> None:
        if self._charts is None:
            return
        charts, texts = self._charts, self.texts
        wide = self.has_class("-wide")
        left, right = (self.size.width - 67, 62) if wide else (self.size.width - 4, self.size.width - 4)
        drawn = {
            "today": hours_chart(charts.today, texts, left),
            "week": week_chart(charts.week, texts, charts.weeks),
            "regions": balance_chart(charts.regions, "regions", texts, right),
            "profiles": balance_chart(charts.profiles, "profiles", texts, right),
        }
        self.query_one(TopBar).note("" if wide else texts(f"charts.title.{self.front}"))
        for name, chart in drawn.items():
            place = self.query_one(f"#chart-{name}", Static)
            title = Text(texts(f"charts.title.{name}"), style="bold")
            place.update(Group(title, chart) if wide else chart)
            place.set_class(name == self.front, "-front")

    def action_turn(self, step: int) -> None:
        """The next chart or the one before."""
        self.query_one(Tabs).active = NAMES[(NAMES.index(self.front) + step) % len(NAMES)]

    def action_pick(self, number: int) -> None:
        """The chart with this number."""
        self.query_one(Tabs).active = NAMES[number - 1]

    def action_scroll(self, step: int) -> None:
        """Further down or back up."""
        self.query_one("#charts-body").scroll_relative(y=step * 8, animate=False)
