"""From the card to the telephone: the computer's own program, or a QR code for a mobile."""

import os
import shutil
import subprocess
import sys
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Static

from db.rules.phone import show_phone
from screens.base import Question, Workplace, key


def open_telephone(number: str) -> bool:
    """Open `tel:` with the program that this computer has for it; False when it has none."""
    address = f"tel:{number}"
    if sys.platform == "win32":
        os.startfile(address)
        return True
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener is None:
        return False
    # Its words must not fall on our screen.
    subprocess.Popen(  # the number is E.164 by rule: digits and a plus
        [opener, address],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return True


def qr_lines(text: str) -> str:
    """A QR code in half blocks, two rows of it in a line."""
    import segno

    rows = [
        [bool(dot) for dot in row] for row in segno.make(text, error="l", micro=False).matrix_iter(border=2)
    ]
    rows += [[False] * len(rows[0])] if len(rows) % 2 else []
    blocks = {(False, False): "█", (True, False): "▄", (False, True): "▀", (True, True): " "}
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return "\n".join("".join(blocks[pair] for pair in zip(*two, strict=True)) for two in pairs)


class QrCode(Question[None]):
    """The number to point a mobile's camera at."""

    DEFAULT_CSS = """
    QrCode { align: center middle; }
    QrCode > Vertical {
        width: auto; height: auto; background: $surface; border: round $accent; padding: 0 2;
    }
    QrCode #qr { color: white; background: black; width: auto; height: auto; }
    QrCode #qr-name, QrCode #qr-hint { width: auto; }
    QrCode ToastHolder { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [key("escape,q,enter", "dismiss(None)", "qr.close", show=False)]

    def __init__(self, workplace: Workplace, number: str, name: str) -> None:
        super().__init__(workplace)
        self._number = number
        self._name = name

    def compose(self) -> ComposeResult:
        """Whose number, the code, and how to leave."""
        with Vertical():
            yield Static(f"{self._name} · {show_phone(self._number)}", id="qr-name", markup=False)
            yield Static(qr_lines(f"tel:{self._number}"), id="qr", markup=False)
            yield Static(self.texts("queue.qr.hint"), id="qr-hint", markup=False)
