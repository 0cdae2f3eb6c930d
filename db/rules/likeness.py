"""Whether two registrations are one person: same, perhaps (a question for a supervisor), or two."""

from dataclasses import dataclass
from typing import Final, Literal

NameLikeness = Literal["same", "perhaps", "other"]
SAME: Final = "same"
PERHAPS: Final = "perhaps"
OTHER: Final = "other"

PHONE_LIKE_NAME = "same_phone_like_name"
EMAIL_OTHER_NAME = "same_email_other_name"
NAME_AND_POSTCODE = "like_name_same_postcode"

_SAME_LAST_NAME, _LIKE_LAST_NAME = 90.0, 75.0
_LIKE_FIRST_NAME = 80.0
_LIKE_WHOLE_NAME = 90.0


@dataclass(frozen=True, slots=True)
class NameKeys:
    """The parts of a name as they are compared: search keys, the initials as letters."""

    first: str
    initials: str
    last: str

    @property
    def whole(self) -> str:
        """All words in the order of the alphabet, so that swapped columns do not matter."""
        return " ".join(sorted(f"{self.first or self.initials} {self.last}".split()))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What two people with something in common are; `why` is set when it is a question."""

    same: bool
    why: str | None
    score: float


def compare_people(
    mine: NameKeys, theirs: NameKeys, *, same_phone: bool, same_email: bool, same_postcode: bool
) -> Verdict:
    """Weigh what two people share; other people on one number are a household, not a question."""
    likeness, score = compare_names(mine, theirs)
    if likeness == SAME and (same_phone or same_email):
        return Verdict(True, None, score)
    if same_phone and likeness == PERHAPS:
        return Verdict(False, PHONE_LIKE_NAME, score)
    if same_email:
        return Verdict(False, EMAIL_OTHER_NAME, score)
    if same_postcode and likeness != OTHER and score >= _LIKE_WHOLE_NAME:
        return Verdict(False, NAME_AND_POSTCODE, score)
    return Verdict(False, None, score)


def compare_names(mine: NameKeys, theirs: NameKeys) -> tuple[NameLikeness, float]:
    """Tell how alike two names are, and the score (0 to 100) of the whole names."""
    if mine == theirs:
        return SAME, 100.0
    from rapidfuzz import fuzz

    whole = fuzz.ratio(mine.whole, theirs.whole)
    if mine.whole == theirs.whole:
        return SAME, whole
    last, first = _compare_last(mine.last, theirs.last), _compare_first(mine, theirs)
    if last == SAME and first == SAME:
        return SAME, whole
    return (OTHER if OTHER in (last, first) else PERHAPS), whole


def _compare_last(mine: str, theirs: str) -> NameLikeness:
    from rapidfuzz import fuzz

    score = fuzz.ratio(mine, theirs)
    if score >= _SAME_LAST_NAME:
        return SAME
    words, other_words = set(mine.split()), set(theirs.split())
    part_of_double_name = bool(words) and bool(other_words) and (words <= other_words or other_words <= words)
    return PERHAPS if score >= _LIKE_LAST_NAME or part_of_double_name or not (mine and theirs) else OTHER


def _compare_first(mine: NameKeys, theirs: NameKeys) -> NameLikeness:
    if mine.first and theirs.first:
        return _compare_first_names(mine.first, theirs.first)
    letters, other_letters = _letters(mine), _letters(theirs)
    if not letters or not other_letters:
        return PERHAPS
    return SAME if letters.startswith(other_letters) or other_letters.startswith(letters) else OTHER


def _compare_first_names(mine: str, theirs: str) -> NameLikeness:
    from rapidfuzz import fuzz

    if mine.replace(" ", "") == theirs.replace(" ", ""):
        return SAME
    call_name = mine.startswith(theirs) or theirs.startswith(mine)
    return PERHAPS if call_name or fuzz.ratio(mine, theirs) >= _LIKE_FIRST_NAME else OTHER


def _letters(name: NameKeys) -> str:
    return name.initials or name.first[:1]
