"""A word on the screen while the desk is opened: nobody looks at nothing."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from db.texts import Texts

ENTER, LEAVE = "\x1b[?1049h\x1b[2J\x1b[H", "\x1b[?1049l"


@contextmanager
def opening(texts: Texts) -> Iterator[None]:
    """Show that the desk is being opened; the app then takes the screen over.

    When it cannot be opened the screen is given back, so that the reason stands below the command.
    """
    # An old Windows console understands these sequences only once Textual has asked it to.
    shown = sys.stdout.isatty() and sys.platform != "win32"
    if shown:
        sys.stdout.write(f"{ENTER}\n  ehvdz · {texts('cli.opening')}")
        sys.stdout.flush()
    try:
        yield
    except BaseException:
        if shown:
            sys.stdout.write(LEAVE)
            sys.stdout.flush()
        raise
