"""The reckoning of a candidate beside a request in plain words: marks, one line, and everything."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import ceil

from rich.text import Text

from db.reference.lists import code_list, label, short_label
from db.rules.availability import show_grid
from db.rules.away import days_of
from db.rules.fit_facts import (
    FAILS,
    OK,
    UNMET,
    Fit,
    FitRequest,
    Part,
    PlaceFit,
    QualificationFit,
    TimeFit,
    mark,
)
from db.rules.fit_time import AWAY
from db.rules.fte import fte_of, proposed_hours
from db.rules.profile_needs import gained_at
from db.rules.times import local, show_date
from db.texts import Texts
from db.views.matching import MatchLine
from db.views.requests import RequestView
from screens.requests.wording import fte
from screens.widgets.numbers import decimal

SIGNS = {OK: "●", UNMET: "◐", FAILS: "○"}
STYLES = {OK: "green", UNMET: "yellow", FAILS: "red"}
STALE_DAYS = 28
"""So long after it was confirmed an offer is doubted: ask before proposing."""
ROAD = 1.3
"""Roads are longer than the crow flies: only to be shown, never to be reckoned with."""
NO_BIG_NEEDED = "none"
BIG = "BIG"
WEEK = 7

Line = tuple[str, str]


class FitWords:
    """What is said of one reckoning, in one language."""

    def __init__(self, fit: Fit, request: FitRequest, texts: Texts) -> None:
        self._fit = fit
        self._request = request
        self._texts = texts
        self._language = texts.language

    def marks(self) -> Text:
        """A letter and a sign for time, place and qualification; the sign says it without its colour."""
        letters = (
            (self._texts("matching.mark.time"), self._fit.time),
            (self._texts("matching.mark.place"), self._fit.place),
            (self._texts("matching.mark.qualification"), self._fit.qualification),
        )
        parts = [(f"{letter}{SIGNS[mark(part)]}", STYLES[mark(part)]) for letter, part in letters]
        return Text(" ").join([Text(*part) for part in parts])

    def short(self) -> str:
        """The three numbers that count: "4 van 5 diensten, 12 van 16 uur, 7 van 15 km"."""
        time, place = self._fit.time, self._fit.place
        found = []
        if time.shifts_asked:
            found.append(self._texts("matching.short.shifts", covered=time.shifts, asked=time.shifts_asked))
        found.append(self._hours_in("matching.short.hours", "matching.short.hours_ample", time))
        if place.km is not None:
            found.append(self._km("matching.short.km", place))
        return ", ".join(part for part in found if part)

    def cells(self) -> str:
        """The same in a list: "4/5 d  12/16 u  7/15 km"; whoever offers enough hours has them alone."""
        time, place = self._fit.time, self._fit.place
        shifts = km = ""
        if time.shifts_asked:
            shifts = self._texts("matching.cell.shifts", covered=time.shifts, asked=time.shifts_asked)
        hours = self._hours_in("matching.cell.hours", "matching.cell.hours_ample", time)
        if place.km is not None:
            km = self._km("matching.cell.km", place)
        return f"{shifts:<8}{hours:<8}{km}"

    def _hours_in(self, scarce: str, ample: str, time: TimeFit) -> str:
        """Part of what is asked, or what is offered: 36 of 32 hours would be a riddle."""
        asked = _asked(time)
        if time.hours is None or not asked:
            return ""
        return self._texts(ample if time.hours >= asked else scarce, hours=time.hours, asked=asked)

    def fails(self) -> str:
        """What excludes, in words for a narrow column."""
        return ", ".join(short_reason(code, self._texts) for code in self._fit.codes)

    def lines(self) -> list[Line]:
        """The full reckoning, part by part."""
        fit, texts = self._fit, self._texts
        time, place, qualification = fit.time, fit.place, fit.qualification
        offered = [*self._hours(time), *self._period(time)]
        parts: Sequence[tuple[str, Part, list[list[str]]]] = (
            (texts("matching.part.time"), time, [self._shifts(time), offered]),
            (texts("matching.part.place"), place, [self._place(place)]),
            (texts("matching.part.qualification"), qualification, [self._qualification(qualification)]),
        )
        return [(f"{SIGNS[mark(part)]} {name}", self._part(part, said)) for name, part, said in parts]

    def _part(self, part: Part, said: list[list[str]]) -> str:
        words = [_sentence(sentence) for sentence in said]
        if part.codes:
            words.append(_sentence([self._texts("matching.fails", reasons=self._reasons(part.codes))]))
            places = dict.fromkeys(place for code in part.codes for place in gained_at(code))
            named = ", ".join(label("referral_destination", place, self._language) for place in places)
            words += [_sentence([self._texts("matching.gained", places=named)])] if named else []
        if part.unmet:
            words.append(_sentence([self._texts("matching.unmet", reasons=self._reasons(part.unmet))]))
        return " ".join(word for word in words if word)

    def _shifts(self, time: TimeFit) -> list[str]:
        """What the request asks of the week and how much of it is covered: a sentence of its own."""
        texts = self._texts
        if not time.shifts_asked:
            return [texts("matching.time.no_shifts")]
        if not time.uncovered:
            return [texts("matching.time.all_shifts", asked=time.shifts_asked)]
        return [
            texts("matching.time.shifts", covered=time.shifts, asked=time.shifts_asked),
            texts("matching.time.uncovered", cells=show_grid(time.uncovered, self._language)),
        ]

    def _hours(self, time: TimeFit) -> list[str]:
        asked = "–".join(dict.fromkeys(str(value) for value in time.hours_asked if value is not None))
        if not asked:
            return []
        if time.hours is None:
            return [self._texts("matching.time.hours_asked", asked=asked)]
        said = [self._texts("matching.time.hours", hours=time.hours, asked=asked)]
        if "hours_too_many" in time.codes + time.unmet:
            said.append(self._texts("matching.time.least", least=time.hours_least))
        return said

    def _period(self, time: TimeFit) -> list[str]:
        late = "start_too_late" in time.codes + time.unmet
        day = show_date(max(time.starts_on, time.begins_asked), self._language)
        asked = show_date(time.begins_asked, self._language)
        key = "matching.time.starts_late" if late else "matching.time.starts"
        said = [self._texts(key, day=day, asked=asked) if late else self._texts(key, day=day)]
        if time.days_asked is not None and time.days is not None and time.days < time.days_asked:
            said.append(self._texts("matching.time.days", days=time.days, asked=max(time.days_asked, 0)))
        elif time.ends_on is not None and time.days_asked is None:
            said.append(self._texts("matching.time.ends", day=show_date(time.ends_on, self._language)))
        return [*said, *self._away(time)]

    def _away(self, time: TimeFit) -> list[str]:
        """When the person is away: "weg van 12-05-2020 t/m 20-05-2020, 2 van 8 weken"."""
        spans = [
            self._texts(
                "matching.time.away",
                first=show_date(first, self._language),
                last=show_date(last, self._language),
            )
            for first, last in time.away
        ]
        if spans and time.days_asked:
            weeks, asked = ceil(days_of(time.away) / WEEK), max(round(time.days_asked / WEEK), 1)
            spans.append(self._texts("matching.time.away_weeks", weeks=weeks, asked=asked))
        return spans

    def _place(self, place: PlaceFit) -> list[str]:
        if place.km is None:
            said = [self._texts("matching.place.unknown")]
        elif place.reach_km is None:
            said = [self._texts("matching.place.no_reach", km=self._number(place.km))]
        else:
            road = self._number(place.km * ROAD)
            km = self._number(place.km)
            said = [self._texts("matching.place.near", km=km, road=road, reach=place.reach_km)]
        if place.region_willing and "too_far" in place.unmet:
            said.append(self._texts("matching.place.willing"))
        return said

    def _qualification(self, found: QualificationFit) -> list[str]:
        texts, language = self._texts, self._language
        said = [self._background(found), self._education(found)]
        if found.big_requirement != NO_BIG_NEEDED:
            said.append(self._big(found))
        if found.limits:
            limits = ", ".join(inside(label("work_limit", code, language)) for code in found.limits)
            said.append(texts("matching.qualification.limits", limits=limits))
        return said

    def _big(self, found: QualificationFit) -> str:
        """How somebody stands in the register, beside what is asked; its name is said once."""
        standing = inside(label("big_status", found.big_standing, self._language))
        asked = inside(label("big_requirement", found.big_requirement, self._language))
        if standing == asked:
            return self._texts("matching.qualification.big_as_asked", standing=standing)
        named = standing.startswith(BIG)
        name = "matching.qualification.big_named" if named else "matching.qualification.big"
        return self._texts(name, standing=standing, asked=asked)

    def _background(self, found: QualificationFit) -> str:
        if found.own_profile:
            return self._texts("matching.qualification.own")
        if found.experienced:
            return self._texts("matching.qualification.experienced")
        if found.care_experience:
            return self._texts("matching.qualification.care")
        return self._texts("matching.qualification.new")

    def _education(self, found: QualificationFit) -> str:
        if not found.education_asked:
            return self._texts("matching.qualification.none_needed")
        if not found.educations:
            return self._texts("matching.qualification.no_education")
        levels = ", ".join(label("education_level", code, self._language) for code in found.educations)
        return self._texts("matching.qualification.education", levels=levels)

    def _reasons(self, codes: Iterable[str]) -> str:
        return ", ".join(inside(reason_words(code, self._texts)) for code in codes)

    def _km(self, key: str, place: PlaceFit) -> str:
        km = self._number(place.km or 0.0)
        return f"{km} km" if place.reach_km is None else self._texts(key, km=km, reach=place.reach_km)

    def _number(self, km: float) -> str:
        return decimal(km, self._language, 1 if km < 10 else 0)


def inside(words: str) -> str:
    """Words as they stand within a sentence: the capital goes, an abbreviation keeps its own."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def stacked(parts: Iterable[Line]) -> Text:
    """The reckoning for a narrow column: each part under its name."""
    body = Text()
    for name, words in parts:
        body.append(f"\n{name}\n", style="bold")
        body.append(f"{words}\n")
    return body


def reason_words(code: str, texts: Texts) -> str:
    """A reason for not fitting, or a wish that is not met, in words."""
    if code == "place_unknown":
        return texts("matching.wish.place_unknown")
    if code == AWAY:
        return texts("matching.wish.away")
    if code == "hours_too_many":  # the list says it from the other side: what a candidate objects to
        return texts("matching.wish.more_hours")
    if code == "sector_not_wished":
        return texts("matching.wish.sector")
    return label("mismatch_reason", code, texts.language)


def fails_on(fit: Fit, texts: Texts) -> str:
    """Everything that excludes somebody, as it stands within a sentence."""
    return ", ".join(inside(reason_words(code, texts)) for code in fit.codes)


def short_reason(code: str, texts: Texts) -> str:
    """The same reason for a narrow column, as it stands within a sentence."""
    known = code in code_list("mismatch_reason")
    return (
        short_label("mismatch_reason", code, texts.language) if known else inside(reason_words(code, texts))
    )


def counted_reasons(counts: Mapping[str, int], texts: Texts) -> str:
    """How many fail on what, most first: "38× geen nacht, 21× reisafstand te groot"."""
    return ", ".join(f"{count}× {inside(reason_words(code, texts))}" for code, count in counts.items())


def more_than_asked(view: RequestView, people: Sequence[MatchLine], texts: Texts) -> str:
    """That the request would have more proposals than it has places or fte; empty when it has not."""
    line, said = view.line, []
    count = line.proposals + len(people)
    if count > view.positions:
        said.append(
            texts(
                "matching.ask.too_many",
                live=line.proposals,
                chosen=len(people),
                total=count,
                count=view.positions,
            )
        )
    given = line.fte.proposed + line.fte.placed + sum(_fte_of(person, view) for person in people)
    if given > line.fte.asked > 0:
        asked = fte(line.fte.asked, texts.language)
        said.append(texts("matching.ask.too_much", fte=fte(given, texts.language), asked=asked))
    return texts("matching.ask.more", reasons=" · ".join(said)) if said else ""


def _fte_of(person: MatchLine, view: RequestView) -> int:
    line = view.line
    hours = proposed_hours(person.fit.time.hours, line.hours_min, line.hours_max)
    return fte_of(hours, view.fte_hours, line.fte.asked, view.positions)


def person_words(line: MatchLine, today: date, texts: Texts) -> str:
    """What counts of the person beside the reckoning: consent, other proposals, how long they wait."""
    language = texts.language
    said = [texts("matching.person.score", score=line.fit.score), _consent(line.consent, texts)]
    if line.elsewhere:
        said.append(texts("matching.person.elsewhere", count=line.elsewhere))
    if line.earlier:
        status = inside(label("proposal_status", line.earlier, language))
        said.append(texts("matching.person.earlier", status=status))
    waiting = local(line.waiting_since).date()
    if waiting < today:
        said.append(texts("matching.person.waits", day=show_date(waiting, language)))
    if line.last_confirmed_at is not None:
        day = show_date(local(line.last_confirmed_at).date(), language)
        stale = days_unconfirmed(line, today) > STALE_DAYS
        said.append(texts("matching.person.stale" if stale else "matching.person.confirmed", day=day))
    return ". ".join(said) + "."


def days_unconfirmed(line: MatchLine, today: date) -> int:
    """How many days ago the person last said what they offer; 0 when that is not known."""
    if line.last_confirmed_at is None:
        return 0
    return (today - local(line.last_confirmed_at).date()).days


def note_words(line: MatchLine, today: date, texts: Texts) -> str:
    """What must not be missed in the list."""
    said = [] if line.may_be_shared else [texts("matching.cell.no_consent")]
    if days_unconfirmed(line, today) > STALE_DAYS:
        said.append(texts("matching.cell.stale"))
    if line.elsewhere:
        said.append(texts("matching.cell.elsewhere", count=line.elsewhere))
    if line.earlier and line.earlier in code_list("proposal_status"):
        said.append(inside(label("proposal_status", line.earlier, texts.language)))
    return ", ".join(said)


def _consent(state: str | None, texts: Texts) -> str:
    keys = {
        "given": "matching.consent.given",
        "refused": "matching.consent.refused",
        "withdrawn": "matching.consent.withdrawn",
    }
    return texts(keys.get(state or "", "matching.consent.unknown"))


def _asked(time: TimeFit) -> int | None:
    """The hours that fill the request, as the short line names them: the least that it asks."""
    fewest, most = time.hours_asked
    return fewest if fewest is not None else most


def _sentence(parts: Iterable[str]) -> str:
    said = ", ".join(part for part in parts if part)
    return f"{said[:1].upper()}{said[1:]}." if said else ""
