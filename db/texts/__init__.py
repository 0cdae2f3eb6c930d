"""The catalogs: every sentence that a person sees, in Dutch and in English."""

import errno
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from db.errors import DeskError

LANGUAGES = ("nl", "en")
CATALOGS = Path(__file__).parent
SYSTEM_WORDS = {
    errno.EACCES: "system.no_permission",
    errno.EEXIST: "system.exists",
    errno.EDQUOT: "system.disk_full",
    errno.EISDIR: "system.is_folder",
    errno.ENAMETOOLONG: "system.name_too_long",
    errno.ENOENT: "system.not_there",
    errno.ENOSPC: "system.disk_full",
    errno.ENOTDIR: "system.no_folder",
    errno.EPERM: "system.no_permission",
    errno.EROFS: "system.read_only",
}
"""What the system refuses most; it says so in a language of its own."""


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
        """A number with the thousands mark of the language, but a year as it is; why the system refused."""
        if isinstance(given, OSError):
            return self.refused(given)
        if type(given) is not int or given < 1000 or name.endswith("year"):
            return given
        return f"{given:,}".replace(",", ".") if self.language == "nl" else f"{given:,}"

    def refused(self, error: OSError) -> str:
        """Why the system refused, as part of a sentence; in its own words when they are rare."""
        key = SYSTEM_WORDS.get(error.errno) if error.errno is not None else None
        return self._catalog[key] if key else error.strerror or str(error)

    def has(self, key: str) -> bool:
        """Whether the key has a text."""
        return key in self._catalog

    def codes(self, prefix: str) -> tuple[str, ...]:
        """What there are texts of that begin so, by what follows, in the order of the catalog."""
        return tuple(key.removeprefix(prefix) for key in self._catalog if key.startswith(prefix))

    def error(self, error: DeskError) -> str:
        """What an explained failure says."""
        return self(error.key, **error.params)
