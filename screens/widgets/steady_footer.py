"""The keys of the screen at the bottom, drawn anew only when they change."""

from textual.app import ComposeResult
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
        self._shown: tuple[tuple[str, str, bool], ...] | None = None

    def compose(self) -> ComposeResult:
        """The keys; the one that shows them all stays in sight where there are more than fit."""
        for widget in super().compose():
            if isinstance(widget, FooterKey) and widget.action == "help":
                widget.add_class("-all-keys")
            yield widget

    async def recompose(self) -> None:
        """Draw the keys, unless the same ones stand there."""
        if not self.is_attached:  # asked for just before its screen was closed
            return
        shown = tuple(
            (active.binding.key, active.binding.description, active.enabled)
            for active in self.screen.active_bindings.values()
            if active.binding.show
        )
        if shown != self._shown:
            self._shown = shown
            await super().recompose()
