"""The catalogs: every sentence that a person sees, in Dutch and in English."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from db.errors import DeskError

LANGUAGES = ("nl", "en")
CATALOGS = Path(__file__).parent


@cache
def load_catalog(language: str) -> Mapping[str, str]:
    """All texts of a language by key; two files may not define the same key."""
    texts: dict[str, str] = {}
    for path in sorted((CATALOGS / language).glob("*.json")):
        texts |= json.loads(path.read_text(encoding="utf-8"))
    return texts


class Texts:
    """The texts of one language.

    Calling it with a key gives the sentence. A `count` picks `<key>.one` when it is 1 and that text exists.
    A missing key is a bug and raises KeyError.
    """

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self._catalog = load_catalog(self.language)

    def __call__(self, key: str, **params: object) -> str:
        """Give the sentence of a key, filled in."""
        if params.get("count") == 1 and f"{key}.one" in self._catalog:
            key = f"{key}.one"
        if not params:
            return self._catalog[key]
        return self._catalog[key].format_map(
            {name: self._shown(name, given) for name, given in params.items()}
        )

    def _shown(self, name: str, given: object) -> object:
        """A number with the thousands mark of the language, but a year as it is."""
        if type(given) is not int or given < 1000 or name.endswith("year"):
            return given
        return f"{given:,}".replace(",", ".") if self.language == "nl" else f"{given:,}"

    def has(self, key: str) -> bool:
        """Whether the key has a text."""
        return key in self._catalog

    def error(self, error: DeskError) -> str:
        """What an explained failure says."""
        return self(error.key, **error.params)
