"""Cells of CSV files that people open in spreadsheets."""

FORMULA_STARTS = "=+-@\t\r＝＋－＠"
"""What makes a spreadsheet take a text for a formula; a text that begins with it gets a leading apostrophe."""


def safe_cell(text: str) -> str:
    """Return the text as a cell that no spreadsheet computes, and that fills no second line."""
    line = " ".join(text.splitlines()) if "\n" in text or "\r" in text else text
    return f"'{line}" if line.startswith(tuple(FORMULA_STARTS)) else line
