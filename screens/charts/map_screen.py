"""The Netherlands in the terminal: where candidates are, where fte is open, and where there are too few."""

from collections import Counter
from typing import ClassVar, Literal

from rich.table import Table
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Resize, ScreenResume
from textual.widgets import Static

from db.drafts.requests import RequestFilter
from db.reference.lists import code_list, label
from db.views.floor import BalanceLine, CountryMap
from screens.base import DeskScreen, Workplace, key
from screens.charts.country import LEVELS, Cell, Outline, level, neighbour, outline
from screens.charts.drawing import bar
from screens.widgets.cut import cut_middle
from screens.widgets.numbers import decimal, whole
from screens.widgets.steady_footer import SteadyFooter
from screens.widgets.top_bar import TopBar

LAYERS = ("available", "left", "unmet")
NOWHERE = ("foreign", "region_unresolved")
STYLES = ("$text-muted", "$text-primary", "$text-success", "$text-warning", "bold $text-error")
CHOSEN = "on $primary-muted"
SMALLEST_ROWS = 12
NAME_WIDTH = 20
Side = Literal["left", "right"]


def unmet(line: BalanceLine) -> int:
    """What is open beyond what people offer there."""
    return max(0, line.left - line.offered)


class MapScreen(DeskScreen[None]):
    """The map at the left, the region under the cursor and all the others at the right."""

    DEFAULT_CSS = """
    MapScreen {
        #map-body { height: 1fr; }
        #map-country { width: auto; min-width: 36; height: 1fr; padding: 0 1; }
        #map-side { width: 1fr; border-left: solid $primary; padding: 0 1; }
        #map-side Static { height: auto; }
        #map-legend { height: 1; padding: 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("up", "walk(0, -1)", "map.up", show=False),
        key("down", "walk(0, 1)", "map.down", show=False),
        key("left", "walk(-1, 0)", "map.left", show=False),
        key("right", "walk(1, 0)", "map.right", show=False),
        key("tab", "step(1)", "map.next"),
        key("shift+tab", "step(-1)", "map.previous", show=False),
        key("v", "layer", "map.layer"),
        key("enter", "open", "map.open"),
        key("escape", "dismiss(None)", "map.close"),
    ]

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._country: CountryMap | None = None
        self._regions = [code for code in code_list("region") if code not in NOWHERE]
        self.chosen = self._regions[0]
        self.shown_layer = LAYERS[0]

    def compose(self) -> ComposeResult:
        """The legend, the country, and what there is to know of a region."""
        yield TopBar(self.workplace, "place.map")
        yield Static("", id="map-legend", markup=False)
        with Horizontal(id="map-body"):
            yield Static("", id="map-country", markup=False)
            with Vertical(id="map-side"):
                yield Static("", id="map-region", markup=False)
                yield Static("", id="map-list", markup=False)
        yield SteadyFooter()

    @on(ScreenResume)
    def _resumed(self) -> None:
        self.load()

    @work(exclusive=True, group="map.load")
    async def load(self) -> None:
        """Count and draw."""
        country = await self.desk.floor.country()
        if self.is_here:
            self._country = country
            self._draw()

    @on(Resize)
    def _resized(self) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        if self._country is None or not self.is_here:
            return
        glyphs = " ".join(LEVELS)
        self.query_one("#map-legend", Static).update(
            Content.assemble(
                (self.texts(f"map.layer.{self.shown_layer}"), "bold"),
                f"   {self.texts('map.legend', glyphs=glyphs)}",
            )
        )
        rows = max(SMALLEST_ROWS, self.query_one("#map-body").size.height)
        self.query_one("#map-country", Static).update(self._drawn(self._country, outline(rows)))
        self.query_one("#map-region", Static).update(self._figures(self._line(self.chosen)))
        self.query_one("#map-list", Static).update(self._list())

    def _drawn(self, country: CountryMap, drawn: Outline) -> Content:
        levels = self._levels(country, drawn)
        names: dict[Cell, str] = {}
        for number, region in enumerate(self._regions, 1):
            if region in drawn.middles:
                x, y = drawn.middles[region]
                names |= {(x + place, y): digit for place, digit in enumerate(str(number))}
        lines = []
        for y in range(drawn.rows):
            parts: list[Content | tuple[str, str]] = []
            for x in range(drawn.columns):
                cell = (x, y)
                land = drawn.regions.get(cell)
                ground = f" {CHOSEN}" if land == self.chosen else ""
                if cell in names:
                    parts.append((names[cell], f"bold reverse{ground}" if ground else "bold $text"))
                elif land is None:
                    parts.append((" ", ""))
                else:
                    parts.append((LEVELS[levels[cell]], f"{STYLES[levels[cell]]}{ground}"))
            lines.append(Content.assemble(*parts))
        return Content("\n").join(lines)

    def _levels(self, country: CountryMap, drawn: Outline) -> dict[Cell, int]:
        """How full each cell is: of its own people or fte, or of what its whole region is short of."""
        if self.shown_layer == "unmet":
            short = {region: unmet(self._line(region)) for region in self._regions}
            every = sorted(value for value in short.values() if value)
            return {cell: level(short.get(region, 0), every) for cell, region in drawn.regions.items()}
        counts: Counter[Cell] = Counter()
        for pc4, count in (country.available if self.shown_layer == "available" else country.left).items():
            if pc4 in drawn.cells:
                counts[drawn.cells[pc4]] += count
        every = sorted(value for value in counts.values() if value)
        return {cell: level(counts[cell], every) for cell in drawn.regions}

    def _line(self, region: str) -> BalanceLine:
        lines = self._country.regions if self._country else ()
        return next((line for line in lines if line.code == region), BalanceLine(region))

    def _value(self, region: str) -> int:
        line = self._line(region)
        return {"available": line.available, "left": line.left, "unmet": unmet(line)}[self.shown_layer]

    def _shown(self, value: int) -> str:
        language = self.texts.language
        return whole(value, language) if self.shown_layer == "available" else decimal(value / 100, language)

    def _figures(self, line: BalanceLine) -> Table:
        texts, language = self.texts, self.texts.language
        number = self._regions.index(line.code) + 1

        def fte(value: int) -> str:
            return decimal(value / 100, language)

        figures = [
            (whole(line.available, language), texts("map.available")),
            (whole(line.registered, language), texts("map.registered")),
            (fte(line.offered), texts("map.offered")),
            (whole(line.requests, language), texts("map.requests")),
            (fte(line.asked), texts("map.asked")),
            (fte(line.left), texts("map.left")),
        ]
        outer = Table.grid()
        outer.add_row(Text(f"{number} {label('region', line.code, language)}", style="bold"))
        table = Table.grid(padding=(0, 1, 0, 0))
        for one, other in zip(figures[::2], figures[1::2], strict=True):
            table.add_row(*(Text(part, justify=side) for pair in (one, other) for part, side in _sides(pair)))
        outer.add_row(table)
        short = f"▲ {fte(unmet(line))} {texts('map.unmet')}" if unmet(line) else ""
        outer.add_row(Text(short, style="bold"))
        return outer

    def _list(self) -> Table:
        """Every region with its figure, the chosen one marked."""
        table = Table.grid(padding=(0, 1, 0, 0))
        table.add_column(justify="right")
        table.add_column(width=NAME_WIDTH, no_wrap=True)
        table.add_column(justify="right")
        most = max(map(self._value, self._regions))
        for number, region in enumerate(self._regions, 1):
            here = region == self.chosen
            value = self._value(region)
            style = "bold" if here else ""
            table.add_row(
                Text(f"{'▶' if here else ' '}{number:>2}", style=style),
                Text(cut_middle(label("region", region, self.texts.language), NAME_WIDTH), style=style),
                Text(self._shown(value), style=style),
                Text(bar(value, most, 8)),
            )
        return table

    def action_walk(self, across: int, down: int) -> None:
        """The region that lies that way."""
        self.chosen = neighbour(self.chosen, across, down)
        self._draw()

    def action_step(self, step: int) -> None:
        """The next region of the list."""
        at = self._regions.index(self.chosen) + step
        self.chosen = self._regions[at % len(self._regions)]
        self._draw()

    def action_layer(self) -> None:
        """Candidates, open fte, what is short."""
        self.shown_layer = LAYERS[(LAYERS.index(self.shown_layer) + 1) % len(LAYERS)]
        self._draw()

    @work(group="map.open")
    async def action_open(self) -> None:
        """The open requests of the region."""
        from screens.requests.quick_filters import QuickFilters
        from screens.requests.screen import RequestsScreen

        requests = RequestsScreen(self.workplace)
        await self.app.push_screen(requests)
        requests.query_one(QuickFilters).wanted = RequestFilter(region=self.chosen)
        requests.load()


def _sides(pair: tuple[str, str]) -> tuple[tuple[str, Side], tuple[str, Side]]:
    return (pair[0], "right"), (pair[1], "left")
