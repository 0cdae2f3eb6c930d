"""Text that changes in its place: laying the whole screen out anew is most of what a letter typed costs."""

from textual.content import Content
from textual.widgets import Static


def put_in_place(part: Static, words: Content | str) -> None:
    """Show other words on a part that is as wide as its place, moving others only when the lines change."""
    width = part.content_size.width
    if not width:  # it has no place yet, and then no words can be laid into it
        part.update(words)
        return
    before = part.visual.get_height(part.styles.get_rules(), width)
    part.update(words, layout=False)
    if part.visual.get_height(part.styles.get_rules(), width) != before:
        part.refresh(layout=True)
