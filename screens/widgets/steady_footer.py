"""The keys of the screen at the bottom, drawn anew only when they change."""

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.compose import compose
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
    SteadyFooter FooterKey.-at-edge .footer-key--description { padding: 0; }
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
            widget.set_class(_shows_all(widget) and not self.compact, "-at-edge", update=False)
        always = [widget for widget in widgets if _shows_all(widget)]
        yield from always
        left = self.app.size.width - sum(self._width(widget) for widget in always)
        for widget in widgets:
            # The last one shares its space with the one that is always there.
            if widget not in always and self._width(widget) - 1 <= left:
                left -= self._width(widget)
                yield widget

    def _width(self, widget: Widget) -> int:
        """The cells of a key and its word, with the space between them and around."""
        if not isinstance(widget, FooterKey):
            return 0
        spaces = 2 if self.compact else 3
        return cell_len(widget.key_display) + cell_len(widget.description) + spaces

    async def recompose(self) -> None:
        """Draw the keys, unless the same ones stand there."""
        # Asked for just before its screen was closed: the parts that its keys are about may be gone already.
        if not self.is_attached or self.screen._pruning:
            return
        keys = tuple(
            (active.binding.key, active.binding.description, active.enabled)
            for active in self.screen.active_bindings.values()
            if active.binding.show
        )
        shown = (self.app.size.width, *keys)
        if shown != self._shown:
            self._shown = shown
            await self._tell(compose(self))

    async def _tell(self, wanted: list[Widget]) -> None:
        """Let what stands there say the new keys; only what is too much goes, and what lacks is made."""
        standing = list(self.children)
        both = list(zip(standing, wanted, strict=False))
        if not all(_can_say(old, new) for old, new in both):
            await super().recompose()
            return
        async with self.batch():
            for old, new in both:
                _say(old, new)
            if surplus := standing[len(both) :]:
                await self.remove_children(surplus)
            if (lacking := wanted[len(both) :]) and self.is_attached:
                await self.mount_all(lacking)

    def on_resize(self) -> None:
        """More or fewer of them fit."""
        self.call_later(self.recompose)


def _shows_all(widget: Widget) -> bool:
    return isinstance(widget, FooterKey) and widget.action == "help"


def _can_say(old: Widget, new: Widget) -> bool:
    """Whether one can say what the other says: both are keys, and look alike."""
    return (
        isinstance(old, FooterKey)
        and isinstance(new, FooterKey)
        and old.classes - {"-disabled"} == new.classes - {"-disabled"}
    )


def _say(old: Widget, new: Widget) -> None:
    assert isinstance(old, FooterKey)
    assert isinstance(new, FooterKey)
    old.action, old.tooltip, old._disabled = new.action, new.tooltip, new._disabled
    old.set_class(new._disabled, "-disabled")
    told = (old.key, old.key_display, old.description)
    old.key, old.key_display, old.description = new.key, new.key_display, new.description
    if told != (new.key, new.key_display, new.description):
        old.refresh(layout=True)
