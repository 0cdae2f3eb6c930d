"""`ehvdz plan`: who could go where, as a proposal; nobody is proposed by it."""

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING

from db.errors import DeskError
from db.reference.lists import code_list, label
from db.rules.hygiene import clean
from db.rules.names import search_key, show_name
from db.texts import Texts
from ehvdz_tui.front_door import FrontDoor

if TYPE_CHECKING:
    from db.views.plan import Plan, PlannedPerson, PlannedRequest


def plan_command(door: FrontDoor, options: argparse.Namespace) -> int:
    """Print the plan of a region, or of all; gives the exit code."""
    from ehvdz_tui.commands.progress import ProgressBar

    region = _region(options.region, door.texts.language) if options.region else None
    desk = door.open_desk()
    bar = ProgressBar(door.texts("plan.progress"))
    try:
        door.sign_in(desk)
        plan = asyncio.run(desk.plan.plan(region, progress=bar))
    finally:
        bar.close()
        desk.close()
    sys.stdout.writelines(f"{line}\n" for line in tell(plan, door.texts))
    return 0


def tell(plan: "Plan", texts: Texts) -> list[str]:
    """The plan in sentences: each request with its people, then what it comes to."""
    if not plan.requests:
        return [texts("plan.told.nothing")]
    lines: list[str] = []
    for request in plan.requests:
        if request.people:
            lines += [_request(request, texts), *(f"  {_person(person, texts)}" for person in request.people)]
    unfilled = sum(not request.people for request in plan.requests)
    lines += [texts("plan.told.open", count=unfilled)] if unfilled else []
    lines += [] if plan.proven else [texts("plan.told.not_proven")]
    filled, left = _number(plan.filled / 100, texts, 2), _number(plan.left / 100, texts, 2)
    km = _number(plan.average_km, texts)
    return [*lines, texts("plan.told.sum", filled=filled, left=left, count=len(plan.people), km=km)]


def _request(request: "PlannedRequest", texts: Texts) -> str:
    return texts(
        "plan.told.request",
        organisation=clean(request.organisation, 120),
        place=clean(request.place, 80),
        profile=label("function_profile", request.function_profile, texts.language),
        filled=_number(request.filled / 100, texts, 2),
        left=_number(request.left / 100, texts, 2),
    )


def _person(person: "PlannedPerson", texts: Texts) -> str:
    return texts(
        "plan.told.person",
        name=clean(show_name(person.name), 120),
        place=clean(person.place, 80),
        hours="?" if person.hours is None else person.hours,
        km="?" if person.km is None else _number(person.km, texts),
    )


def _number(value: float, texts: Texts, digits: int = 1) -> str:
    shown = f"{value:.{digits}f}"
    return shown if texts.language == "en" else shown.replace(".", ",")


def _region(words: str, language: str) -> str:
    """The one region that the words point to."""
    regions = code_list("region")
    if words in regions:
        return words
    wanted = search_key(words)
    found = [code for code, entry in regions.items() if wanted in search_key(entry.label(language))]
    if len(found) != 1:
        known = ", ".join(code for code in (found or regions) if not code.startswith("RA"))
        raise DeskError("plan.region_unknown", region=clean(words, 40), known=known)
    return found[0]
