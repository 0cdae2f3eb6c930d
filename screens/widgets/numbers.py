"""Numbers as people read them, in their language."""

DUTCH = str.maketrans(",.", ".,")


def whole(number: int, language: str) -> str:
    """A number with the thousands mark of the language: 9.324, in English 9,324."""
    return _marked(f"{number:,}", language)


def decimal(value: float, language: str, digits: int = 1) -> str:
    """A number without needless zeros, with the marks of the language: 1.208,9, in English 1,208.9."""
    text = f"{value:,.{digits}f}"
    return _marked(text.rstrip("0").rstrip(".") if "." in text else text, language)


def _marked(text: str, language: str) -> str:
    return text.translate(DUTCH) if language == "nl" else text
