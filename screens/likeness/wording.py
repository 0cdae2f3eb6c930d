"""What the two records say, row by row, and what speaks for one person."""

from collections.abc import Mapping
from datetime import datetime

from rich.text import Text

from db.reference.lists import code_list, label
from db.rules.names import PersonName, show_name
from db.rules.phone import show_phone
from db.rules.times import local, show_ago, show_date
from db.texts import Texts
from db.views.likeness import FieldPair, LikenessCard, LikeRecord, Side
from screens.widgets.cut import tell_apart

TOLD = {
    "merged": "team.merged",
    "household": "team.answered.household",
    "distinct": "team.answered.distinct",
}
"""What is said of an answer."""

SAME, OTHER = "=", "≠"
STANDS = "▶ "
LOOSE = "  "
SIDES: tuple[Side, Side] = ("older", "newer")
FIELD_WORDS = {
    "name": "likeness.field.name",
    "phone": "likeness.field.phone",
    "phone2": "likeness.field.phone2",
    "best_time": "likeness.field.best_time",
    "email": "likeness.field.email",
    "postcode": "likeness.field.postcode",
    "function": "likeness.field.function",
    "hours": "likeness.field.hours",
    "big": "likeness.field.big",
    "remarks": "likeness.field.remarks",
}
STATUS = "likeness.fact.status"
FACTS = (
    STATUS,
    "likeness.fact.consent",
    "likeness.fact.registered",
    "likeness.fact.attempts",
    "likeness.fact.interviews",
    "likeness.fact.proposals",
    "likeness.fact.call",
)


class LikenessText:
    """The words of one pair, in one language and at one moment."""

    def __init__(self, card: LikenessCard, texts: Texts, now: datetime) -> None:
        self._card = card
        self._texts = texts
        self._language = texts.language
        self._now = now

    def why(self) -> str:
        """How alike they are, part by part."""
        alike, texts = self._card.likelihood, self._texts
        said = [texts("likeness.alike.names", percent=alike.names)]
        for same, like, number in (
            ("likeness.same.phone", "likeness.alike.phone", alike.phone),
            ("likeness.same.email", "likeness.alike.email", alike.email),
        ):
            if number is not None:
                said.append(texts(same) if number == 100 else texts(like, percent=number))
        if alike.postcode is not None:
            key = {100: "likeness.same.postcode", 50: "likeness.same.district"}.get(alike.postcode)
            said.append(texts(key) if key else texts("likeness.other.postcode"))
        return " · ".join(said)

    def obstacles(self) -> str:
        """Why they cannot be merged now, a line each."""
        return "\n".join(f"▲ {self._texts.error(error)}" for error in self._card.obstacles)

    def fields(self, chosen: Mapping[str, Side], width: int) -> list[tuple[str, list[Text]]]:
        """The rows with a choice: the sign, the field, and both words, the one that stands marked."""
        return [(pair.code, self._field(pair, chosen[pair.code], width)) for pair in self._card.fields]

    def facts(self) -> list[tuple[str, list[Text]]]:
        """The rows of what hangs on both and goes along whatever is chosen."""
        both = [self._record(record) for record in (self._card.older, self._card.newer)]
        return [(key, self._fact(key, older, newer)) for key, older, newer in zip(FACTS, *both, strict=True)]

    def _fact(self, key: str, older: str, newer: str) -> list[Text]:
        head = [Text(_sign(older == newer)), Text(self._texts(key), "dim")]
        if key == STATUS and older != newer:
            return [*head, *_marked((older, newer), self._card.status)]
        return [*head, *(Text(LOOSE + words) for words in (older, newer))]

    def _field(self, pair: FieldPair, chosen: Side, width: int) -> list[Text]:
        head = [Text(_sign(not pair.differs)), Text(self._texts(FIELD_WORDS[pair.code]))]
        said = [
            self._said(pair, value) or self._texts("likeness.nothing") for value in (pair.older, pair.newer)
        ]
        words = tell_apart(said[0], said[1], width - len(STANDS))
        if pair.differs:
            return [*head, *_marked(words, chosen)]
        return [*head, *(Text(LOOSE + said) for said in words)]

    def _said(self, pair: FieldPair, value: str | PersonName) -> str:
        if isinstance(value, PersonName):
            return show_name(value)
        if pair.code in ("phone", "phone2") and value.startswith("+"):
            return show_phone(value)
        if pair.code == "function" and value in code_list("function_profile"):
            return label("function_profile", value, self._language)
        return value

    def _record(self, record: LikeRecord) -> list[str]:
        texts = self._texts
        status = label("candidate_status", record.status, self._language)
        consent = label("consent_state", record.consent, self._language) if record.consent else ""
        day = show_date(local(record.registered_at).date(), self._language)
        sources = [
            label("registration_source", code, self._language) for code in dict.fromkeys(record.sources)
        ]
        call = label("queue_reason", record.call, self._language) if record.call else ""
        return [
            f"{status} · {texts('likeness.do_not_call')}" if record.do_not_call else status,
            consent or texts("likeness.consent.none"),
            " · ".join([day, *sources]),
            self._attempts(record),
            self._interviews(record),
            self._proposals(record),
            call or texts("likeness.call.none"),
        ]

    def _attempts(self, record: LikeRecord) -> str:
        if record.last_attempt_at is None:
            return str(record.attempts)
        last = show_ago(record.last_attempt_at, self._now, self._language)
        return self._texts("likeness.attempts", number=record.attempts, last=last)

    def _interviews(self, record: LikeRecord) -> str:
        if record.interview == "draft":
            return self._texts("likeness.interviews.draft", number=record.interviews)
        return str(record.interviews)

    def _proposals(self, record: LikeRecord) -> str:
        if record.live_proposals:
            return self._texts("likeness.proposals.live", number=record.proposals, live=record.live_proposals)
        return str(record.proposals)


def _marked(words: tuple[str, str], stands: Side) -> list[Text]:
    """Both words, with a mark at the one that stands."""
    return [
        Text(STANDS + said, "bold") if side == stands else Text(LOOSE + said, "dim")
        for side, said in zip(SIDES, words, strict=True)
    ]


def _sign(same: bool) -> str:
    return SAME if same else OTHER
