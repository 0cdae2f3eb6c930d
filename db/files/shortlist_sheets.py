"""The shortlist as a spreadsheet: every cell is text, whatever it looks like."""

import csv
import io

from db.files.shortlist import Page
from db.rules.hygiene import safe_cell

WIDTHS = (24, 15, 28, 16, 34, 38, 24, 9, 34, 22)
_FIRST_ROW = 4


def render_csv(page: Page, language: str) -> bytes:
    """A file that Excel opens by itself: with its mark, and in Dutch with semicolons as it expects there."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if language == "nl" else ",")
    for row in (page.headings, *page.rows):
        writer.writerow([safe_cell(cell.replace("\n", "; ")) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def render_xlsx(page: Page, language: str) -> bytes:
    """A workbook that prints on one page wide."""
    del language
    from xlsxwriter import Workbook

    data = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(data, {"in_memory": True, **never})
    book.set_properties({"title": page.title, "comments": page.warning})
    sheet = book.add_worksheet("Shortlist")
    title = book.add_format({"bold": True, "font_size": 14})
    heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E7EEF5", "valign": "top"})
    cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet.write_string(0, 0, page.title, title)
    sheet.write_string(1, 0, page.subtitle)
    sheet.write_string(2, 0, page.warning, book.add_format({"italic": True}))
    for column, (words, width) in enumerate(zip(page.headings, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(_FIRST_ROW - 1, column, words, heading)
    for number, row in enumerate(page.rows):
        for column, words in enumerate(row):
            sheet.write_string(_FIRST_ROW + number, column, words, cell)
    sheet.freeze_panes(_FIRST_ROW, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_FIRST_ROW - 1)
    sheet.set_footer(f"&L{_printed(page.made)}&R&P / &N")
    book.close()
    return data.getvalue()


def _printed(words: str) -> str:
    """In a footer an ampersand is a command."""
    return words.replace("&", "&&")
