"""The shortlist as a page to print."""

from pathlib import Path
from typing import TYPE_CHECKING

from db.files.shortlist import Page

if TYPE_CHECKING:
    from fpdf import FPDF

FONTS = Path(__file__).parent / "fonts"
FONT = "DejaVu"
MARGIN = 12
LABEL_WIDTH = 38
LINE = 5.2
_GREY = (95, 95, 95)
_RULE = (170, 180, 190)


def render_pdf(page: Page, language: str) -> bytes:
    """One block a person, never broken over two pages when it fits on one."""
    pdf = _blank(page, language)
    _head(pdf, page)
    for row in page.rows:
        _person(pdf, page.headings, row)
    return bytes(pdf.output())


def _blank(page: Page, language: str) -> "FPDF":
    from fpdf import FPDF

    class Printed(FPDF):
        """Every page says what it is, when it was made and which page it is."""

        def footer(self) -> None:
            self.set_y(-14)
            self.set_font(FONT, size=7.5)
            self.set_text_color(*_GREY)
            room = self.epw - 20
            self.multi_cell(room, 3.6, f"{page.warning}\n{page.made}", align="L")
            self.set_xy(-MARGIN - 20, -14)
            self.cell(20, 3.6, f"{self.page_no()} / {{nb}}", align="R")

    pdf = Printed(orientation="portrait", unit="mm", format="A4")
    pdf.set_margins(MARGIN, MARGIN, MARGIN)
    pdf.set_auto_page_break(True, margin=20)
    pdf.add_font(FONT, "", FONTS / "DejaVuSans.ttf")
    pdf.add_font(FONT, "B", FONTS / "DejaVuSans-Bold.ttf")
    pdf.set_title(page.title)
    pdf.set_lang("en-GB" if language == "en" else "nl-NL")
    pdf.add_page()
    return pdf


def _head(pdf: "FPDF", page: Page) -> None:
    pdf.set_font(FONT, "B", 15)
    pdf.multi_cell(0, 7.5, page.title, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font(FONT, size=10)
    pdf.multi_cell(0, LINE, page.subtitle, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)


def _person(pdf: "FPDF", headings: tuple[str, ...], row: tuple[str, ...]) -> None:
    """The name, then label by label what is known."""
    if pdf.will_page_break(_height(pdf, row)):
        pdf.add_page()
    _block(pdf, headings, row)


def _height(pdf: "FPDF", row: tuple[str, ...]) -> float:
    pdf.set_font(FONT, size=9)
    room = pdf.epw - LABEL_WIDTH
    split = (pdf.multi_cell(room, LINE, words, dry_run=True, output="LINES") for words in row[1:] if words)
    return 2 * LINE + sum(len(lines) for lines in split if isinstance(lines, list)) * LINE


def _block(pdf: "FPDF", headings: tuple[str, ...], row: tuple[str, ...]) -> None:
    pdf.set_draw_color(*_RULE)
    pdf.line(MARGIN, pdf.get_y(), MARGIN + pdf.epw, pdf.get_y())
    pdf.ln(1.5)
    pdf.set_font(FONT, "B", 11.5)
    pdf.set_text_color(0, 0, 0)
    pdf.multi_cell(0, LINE + 1, row[0], align="L", new_x="LMARGIN", new_y="NEXT")
    for heading, words in zip(headings[1:], row[1:], strict=True):
        if words:
            _fact(pdf, heading, words)
    pdf.ln(3)


def _fact(pdf: "FPDF", heading: str, words: str) -> None:
    pdf.set_font(FONT, size=9)
    pdf.set_text_color(*_GREY)
    pdf.cell(LABEL_WIDTH, LINE, heading)
    pdf.set_text_color(0, 0, 0)
    pdf.multi_cell(pdf.epw - LABEL_WIDTH, LINE, words, align="L", new_x="LMARGIN", new_y="NEXT")
