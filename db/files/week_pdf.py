"""The page of a week as one sheet of A4: the figures, and bars drawn to scale."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from db.files.week_page import COLUMNS, footing, region_name, title_of, whole_fte
from db.texts import Texts
from db.views.week_page import WeekPage

if TYPE_CHECKING:
    from fpdf import FPDF

FONTS = Path(__file__).parent / "fonts"
FONT = "DejaVu"
MARGIN, LINE = 14, 4.8
DAYS_HEIGHT = 27
MOST_REGIONS = 15
INK, GREY, RULE = (0, 0, 0), (95, 95, 95), (190, 198, 206)
FIRST_BAR, SECOND_BAR = (120, 168, 206), (20, 78, 120)
Bars = Sequence[tuple[str, tuple[int, int], tuple[str, str]]]
"""By bar pair: what it is called, the two values, and how these are written."""


def render_pdf(page: WeekPage, texts: Texts) -> bytes:
    """One sheet; what two bars mean is told by their names and by light and dark."""
    pdf = _blank(page, texts)
    _figures(pdf, page, texts)
    _heading(pdf, texts("reports.week.days"))
    _key(pdf, texts("reports.column.attempts"), texts("reports.column.spoken"))
    _columns(pdf, _day_bars(page, texts))
    _heading(pdf, texts("reports.week.supply"))
    _key(pdf, texts("reports.column.offered"), texts("reports.column.left"))
    _rows(pdf, _region_bars(page, texts))
    _unheard(pdf, page, texts)
    _footing(pdf, page, texts)
    return bytes(pdf.output())


def _blank(page: WeekPage, texts: Texts) -> "FPDF":
    from fpdf import FPDF

    pdf = FPDF(orientation="portrait", unit="mm", format="A4")
    pdf.set_margins(MARGIN, MARGIN, MARGIN)
    pdf.set_auto_page_break(False)
    pdf.add_font(FONT, "", FONTS / "DejaVuSans.ttf")
    pdf.add_font(FONT, "B", FONTS / "DejaVuSans-Bold.ttf")
    pdf.set_title(title_of(page, texts))
    pdf.set_creation_date(page.made_at)
    pdf.set_lang("en-GB" if texts.language == "en" else "nl-NL")
    pdf.add_page()
    pdf.set_font(FONT, "B", 16)
    pdf.cell(0, 8, title_of(page, texts), new_x="LMARGIN", new_y="NEXT")
    pdf.set_font(FONT, size=9)
    pdf.set_text_color(*GREY)
    pdf.cell(0, LINE, page.scope.words(texts), new_x="LMARGIN", new_y="NEXT")
    return pdf


def _heading(pdf: "FPDF", words: str) -> None:
    pdf.ln(2.4)
    pdf.set_font(FONT, "B", 10.5)
    pdf.set_text_color(*INK)
    pdf.cell(0, LINE + 1, words, new_x="LMARGIN", new_y="NEXT")


def _figures(pdf: "FPDF", page: WeekPage, texts: Texts) -> None:
    pdf.ln(2)
    width = 29.0
    name = pdf.epw - width * len(COLUMNS)
    heads = ("", *(texts(f"reports.column.{column}") for column in COLUMNS))
    for number, cells in enumerate((heads, *(line.cells(texts) for line in page.lines))):
        pdf.set_font(FONT, "B" if number == 0 else "", 8.5)
        pdf.set_text_color(*(GREY if number == 0 else INK))
        pdf.cell(name, LINE, cells[0])
        for column, words in enumerate(cells[1:]):
            pdf.set_font(FONT, "B" if number == 0 or column == 0 else "", 8.5)
            pdf.cell(width, LINE, words, align="R")
        pdf.ln(LINE)
        pdf.set_draw_color(*RULE)
        pdf.line(MARGIN, pdf.get_y(), MARGIN + pdf.epw, pdf.get_y())


def _key(pdf: "FPDF", first: str, second: str) -> None:
    """Which bar is which."""
    pdf.set_font(FONT, size=7.5)
    pdf.set_text_color(*GREY)
    for colour, words in ((FIRST_BAR, first), (SECOND_BAR, second)):
        pdf.set_fill_color(*colour)
        pdf.rect(pdf.get_x(), pdf.get_y() + 1, 3, 2.4, style="F")
        pdf.set_x(pdf.get_x() + 4)
        pdf.cell(pdf.get_string_width(words) + 6, 4.4, words)
    pdf.ln(4.4)


def _day_bars(page: WeekPage, texts: Texts) -> Bars:
    return [
        (
            row.heading.words(texts),
            (row.figures[0].value or 0, row.figures[1].value or 0),
            (row.figures[0].number(texts), row.figures[1].number(texts)),
        )
        for row in page.days.rows
    ]


def _region_bars(page: WeekPage, texts: Texts) -> Bars:
    return [
        (
            region_name(line, texts),
            (line.offered, line.left),
            (f"{whole_fte(line.offered, texts)} fte", f"{whole_fte(line.left, texts)} fte"),
        )
        for line in page.balance[:MOST_REGIONS]
    ]


def _columns(pdf: "FPDF", bars: Bars) -> None:
    """Two bars a day that stand side by side, with their numbers on top."""
    most = max((max(values) for _, values, _ in bars), default=0) or 1
    top, room = pdf.get_y() + 4, pdf.epw / max(len(bars), 1)
    bottom, width = top + DAYS_HEIGHT, room * 0.36
    pdf.set_font(FONT, size=7)
    for number, (name, values, words) in enumerate(bars):
        left = MARGIN + number * room + room * 0.12
        for place, (value, said) in enumerate(zip(values, words, strict=True)):
            tall = DAYS_HEIGHT * value / most
            pdf.set_fill_color(*(SECOND_BAR if place else FIRST_BAR))
            pdf.rect(left + place * width, bottom - tall, width - 0.8, tall, style="F")
            pdf.set_text_color(*INK)
            pdf.set_xy(left + place * width - 2, bottom - tall - 3.6)
            pdf.cell(width + 3.2, 3.4, said, align="C")
        pdf.set_text_color(*GREY)
        pdf.set_xy(MARGIN + number * room, bottom + 0.6)
        pdf.cell(room, 3.6, name, align="C")
    pdf.set_draw_color(*RULE)
    pdf.line(MARGIN, bottom, MARGIN + pdf.epw, bottom)
    pdf.set_xy(MARGIN, bottom + 4)


def _rows(pdf: "FPDF", bars: Bars) -> None:
    """Two bars a region that lie under each other, with their numbers behind them."""
    most = max((max(values) for _, values, _ in bars), default=0) or 1
    label, tall = 58.0, 2.2
    room = pdf.epw - label - 22
    for name, values, words in bars:
        top = pdf.get_y()
        pdf.set_font(FONT, size=7.5)
        pdf.set_text_color(*INK)
        pdf.set_xy(MARGIN, top)
        pdf.cell(label, 2 * tall, name)
        pdf.set_font(FONT, size=6.5)
        for place, (value, said) in enumerate(zip(values, words, strict=True)):
            pdf.set_fill_color(*(SECOND_BAR if place else FIRST_BAR))
            long = room * value / most
            pdf.rect(MARGIN + label, top + place * tall, long, tall - 0.3, style="F")
            pdf.set_xy(MARGIN + label + long + 1, top + place * tall)
            pdf.cell(20, tall, said)
        pdf.set_xy(MARGIN, top + 2 * tall + 0.8)


def _unheard(pdf: "FPDF", page: WeekPage, texts: Texts) -> None:
    _heading(pdf, texts("reports.table.weekly_unheard"))
    pdf.set_font(FONT, size=8.5)
    for row in page.unheard.rows:
        pdf.cell(60, LINE - 0.4, row.heading.words(texts))
        for column, figure in zip(page.unheard.columns, row.figures, strict=True):
            pdf.cell(60, LINE - 0.4, f"{texts(f'reports.column.{column}')}: {figure.words(texts)}")
        pdf.ln(LINE - 0.4)


def _footing(pdf: "FPDF", page: WeekPage, texts: Texts) -> None:
    pdf.set_y(pdf.h - 22)
    pdf.set_font(FONT, size=7)
    pdf.set_text_color(*GREY)
    for words in footing(page, texts):
        pdf.multi_cell(0, 3.4, words, align="L", new_x="LMARGIN", new_y="NEXT")
