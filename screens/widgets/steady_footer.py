"""The keys of the screen at the bottom, drawn anew only when they change."""

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Footer
from textual.widgets._footer import FooterKey


class SteadyFooter(Footer):
    """A footer that stays as it is when the focus moves and the keys do not: most of what a move costs."""

    DEFAULT_CSS = """
    SteadyFooter FooterKey.-all-keys {
        dock: right;
        padding-left: 1;
        margin-right: 0;
        background: $footer-background;
    }
    """

    def __init__(self, *, compact: bool = True) -> None:
        super().__init__(show_command_palette=False, compact=compact)
        self._shown: tuple[object, ...] | None = None

    def compose(self) -> ComposeResult:
        """The keys that fit whole; the one that shows them all stays in sight beside them."""
        widgets = list(super().compose())
        for widget in widgets:
            # Each gets its classes before it is styled for the first time, and so is styled once.
            widget.set_class(self.compact, "-compact", update=False)
            widget.set_class(_shows_all(widget), "-all-keys", update=False)
        left = self.app.size.width - sum(_width(widget) for widget in widgets if _shows_all(widget))
        for widget in widgets:
            if not _shows_all(widget):
                width = _width(widget)
                if width - 1 > left:  # the last one shares its space with the key that shows all
                    continue
                left -= width
            yield widget

    async def recompose(self) -> None:
        """Draw the keys, unless the same ones stand there."""
        if not self.is_attached:  # asked for just before its screen was closed
            return
        keys = tuple(
            (active.binding.key, active.binding.description, active.enabled)
            for active in self.screen.active_bindings.values()
            if active.binding.show
        )
        shown = (self.app.size.width, *keys)
        if shown != self._shown:
            self._shown = shown
            await super().recompose()

    def on_resize(self) -> None:
        """More or fewer of them fit."""
        self.call_later(self.recompose)


def _shows_all(widget: Widget) -> bool:
    return isinstance(widget, FooterKey) and widget.action == "help"


def _width(widget: Widget) -> int:
    """The cells of a key and its word, with the space between them and the one after."""
    if not isinstance(widget, FooterKey):
        return 0
    return cell_len(widget.key_display) + 1 + cell_len(widget.description) + 1
