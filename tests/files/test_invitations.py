"""An interview as an appointment."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from icalendar import Calendar

from db.files.invitations import render_invitation

NOW = datetime(2020, 5, 7, 8, 0, tzinfo=UTC)
AT = datetime(2020, 5, 12, 12, 30, tzinfo=UTC)
TITLE = "Kennismaking met Şükran, Yılmaz; de \\ derde – " + "Verpleeghuis Zonnehof " * 5


def test_a_calendar_reads_back_what_was_written() -> None:
    proposal = uuid4()
    content = render_invitation(proposal, AT, NOW, title=TITLE, place="Zwolle, zaal 3", description="a\nb")
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["SUMMARY"]) == TITLE
    assert str(event["LOCATION"]) == "Zwolle, zaal 3"
    assert str(event["DESCRIPTION"]) == "a\nb"
    assert event.decoded("DTSTART") == AT
    assert event.decoded("DTEND") - AT == timedelta(hours=1)
    assert str(proposal) in str(event["UID"])


def test_lines_are_folded_and_end_as_they_should() -> None:
    content = render_invitation(uuid4(), AT, NOW, title=TITLE, place="", description="")
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"DTSTART:20200512T123000Z" in lines


def test_a_new_date_moves_the_same_appointment() -> None:
    proposal = uuid4()
    first = render_invitation(proposal, AT, NOW, title="a", place="", description="")
    later = NOW + timedelta(minutes=5)
    second = render_invitation(proposal, AT + timedelta(days=1), later, title="a", place="", description="")
    (one,), (other,) = (Calendar.from_ical(content).walk("VEVENT") for content in (first, second))
    assert one["UID"] == other["UID"]
    assert int(str(one["SEQUENCE"])) < int(str(other["SEQUENCE"]))
