"""One row at a time: what a registration or a request says, and who is who."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.likeness import NameKeys, compare_people
from db.rules.registration_rows import fingerprint, mask_bsn, read_registration
from db.rules.request_rows import read_request, request_fingerprint, sector_of

NOW = datetime(2020, 5, 7, 8, tzinfo=UTC)
GOOD = {"first_name": "Jan", "last_name": "de Boer", "phone": "0621000001", "email": "jan@example.nl"}


def repairs(**cells: str) -> list[str]:
    return [kind for kind, _ in read_registration(GOOD | {"postcode": "9711 AB"} | cells, NOW).repairs]


@pytest.mark.parametrize(
    ("cells", "kinds"),
    [
        ({}, []),
        ({"phone": "06123"}, ["phone_invalid"]),
        ({"phone": "n.v.t."}, ["phone_missing"]),
        ({"email": "jan@"}, ["email_invalid"]),
        ({"email": "geen"}, []),
        ({"postcode": "1234 SS"}, ["postcode_invalid", "region_unresolved"]),
        ({"postcode": ""}, ["postcode_missing", "region_unresolved"]),
        ({"postcode": "1114 AB"}, ["region_unresolved"]),
        ({"hours": "veel"}, ["hours_invalid"]),
        ({"big": "9911009701"}, ["big_padded"]),
        ({"big": "123"}, ["big_invalid"]),
        ({"consent": "misschien"}, ["consent_unclear"]),
        ({"registered_at": "gisteren"}, ["date_invalid"]),
        ({"registered_at": "01-01-2031 10:00"}, ["date_invalid"]),
        ({"first_name": "[bold]Jan[/bold]"}, ["name_suspect"]),
        ({"last_name": ""}, ["name_incomplete"]),
        ({"phone": "0475 12 34 56"}, ["phone_doubtful"]),
        ({"remarks": "bsn 111222333"}, ["bsn_removed"]),
        ({"care_background": "een beetje"}, ["value_unknown"]),
    ],
)
def test_what_is_wrong_becomes_a_repair(cells: dict[str, str], kinds: list[str]) -> None:
    assert repairs(**cells) == kinds


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"first_name": "", "last_name": ""}, "missing_name"),
        ({"first_name": "n.v.t.", "last_name": "-"}, "missing_name"),
        ({"phone": "112", "email": ""}, "missing_contact"),
        ({"phone": "", "email": ""}, "missing_contact"),
        ({"phone": "", "email": "jan@example.nl"}, None),
        ({"phone": "0621000001", "email": "jan@"}, None),
        ({"first_name": "", "last_name": "", "full_name": "Vries, J. de"}, None),
    ],
)
def test_only_nameless_and_unreachable_rows_are_rejected(cells: dict[str, str], reason: str | None) -> None:
    assert read_registration(GOOD | cells, NOW).reject == reason


def test_what_was_given_is_kept_beside_what_was_read() -> None:
    person = read_registration(GOOD | {"phone": "06 21 00 00 01 (na 17u)", "postcode": "9711ab"}, NOW).person
    assert (person["phone"], person["phone_given"]) == ("+31621000001", "06 21 00 00 01 (na 17u)")
    assert person["phone_reversed"] == "10000012613"
    assert person["best_time"] == "na 17u"
    assert (person["postcode"], person["postcode_given"]) == ("9711 AB", "9711ab")
    assert person["region_code"] == "zorgplein_noord"
    assert person["place"] == "Groningen"
    assert person["sort_name"].startswith("boer")


def test_terminal_colours_leave_no_trace_in_a_name() -> None:
    for given_name in ("\x1b[31mPiet\x1b[0m", "[31mPiet[0m", "_x001B_[31mPiet"):
        assert read_registration(GOOD | {"first_name": given_name}, NOW).name.first_name == "Piet"


@pytest.mark.parametrize(
    "column",
    [
        "first_name",
        "last_name",
        "registered_at",
        "postcode",
        "care_background",
        "consent",
        "hours",
        "remarks",
    ],
)
def test_a_citizen_service_number_stays_in_no_field(column: str) -> None:
    row = read_registration(GOOD | {column: f"{GOOD.get(column, '')} 111222333"}, NOW)
    kept = [*row.person.values(), *(given for _, given in row.repairs)]
    assert not [text for text in kept if isinstance(text, str) and "111222333" in text]


def test_a_name_goes_on_without_the_number_in_it() -> None:
    row = read_registration(GOOD | {"last_name": "Bakker 111222333"}, NOW)
    assert row.name.last_name == "Bakker"
    assert [kind for kind, _ in row.repairs if kind.startswith(("bsn", "name"))] == ["bsn_removed"]


def test_a_citizen_service_number_is_masked_and_a_phone_is_not() -> None:
    assert mask_bsn("bsn 111222333 of 111222333") == "bsn ••••••••• of •••••••••"
    assert mask_bsn("bel 0621000001") == "bel 0621000001"


def print_of(**cells: str) -> str:
    row = GOOD | cells
    return fingerprint("google_form", read_registration(row, NOW), row, {})


def test_a_row_is_the_same_whatever_a_spreadsheet_did_to_it() -> None:
    assert print_of(phone="0621000001") == print_of(phone="621000001") == print_of(phone="+31 6 21000001")
    assert print_of(email="jan@example.nl") == print_of(email="JAN@example.nl ")
    assert print_of(registered_at="30-03-2020 09:48") == print_of(registered_at="2020-03-30 09:48:00")
    assert print_of(remarks="a") != print_of(remarks="b")
    assert print_of(registered_at="30-03-2020 09:48") != print_of(registered_at="31-03-2020 09:48")


@given(st.dictionaries(st.sampled_from([*GOOD, "postcode", "big", "hours", "remarks"]), st.text(max_size=40)))
def test_no_text_breaks_a_row(cells: dict[str, str]) -> None:
    reading = read_registration(cells, NOW)
    assert reading.reject or reading.person["phone"] or reading.person["email"]


JAN = NameKeys("jan", "", "boer")


@pytest.mark.parametrize(
    ("other", "phone", "email", "postcode", "same", "why"),
    [
        (NameKeys("jan", "", "boer"), True, False, False, True, None),
        (NameKeys("jan", "", "boer"), False, True, False, True, None),
        (NameKeys("", "j", "boer"), True, False, False, True, None),
        (NameKeys("", "jp", "boer"), False, True, False, True, None),
        (NameKeys("boer", "", "jan"), True, False, False, True, None),
        (NameKeys("", "", "jan boer"), True, False, False, True, None),
        (NameKeys("truus", "", "boer"), True, False, False, False, None),
        (NameKeys("", "t", "boer"), True, False, False, False, None),
        (NameKeys("janneke", "", "boer"), True, False, False, False, "same_phone_like_name"),
        (NameKeys("jan", "", "boer smit"), True, False, False, False, "same_phone_like_name"),
        (NameKeys("els", "", "visser"), False, True, False, False, "same_email_other_name"),
        (NameKeys("els", "", "visser"), True, False, False, False, None),
        (NameKeys("jan", "", "boer"), False, False, True, False, "like_name_same_postcode"),
        (NameKeys("els", "", "boer"), False, False, True, False, None),
    ],
)
def test_who_is_who(
    other: NameKeys, phone: bool, email: bool, postcode: bool, same: bool, why: str | None
) -> None:
    verdict = compare_people(JAN, other, same_phone=phone, same_email=email, same_postcode=postcode)
    assert (verdict.same, verdict.why) == (same, why)
    back = compare_people(other, JAN, same_phone=phone, same_email=email, same_postcode=postcode)
    assert (back.same, back.why) == (same, why)


REQUEST = {
    "organisation": "Verpleeghuis Zonnehof",
    "sector": "Verpleeghuis",
    "function": "verpleegkundige mbo",
    "fte": "12,67",
    "postcode": "9711 AB",
}


def test_a_request_is_read() -> None:
    cells = REQUEST | {"hours_min": "16", "hours_max": "24", "starts_on": "11-04-2020", "day_parts": "za zo"}
    reading = read_request(cells | {"big_required": "ja", "note": "Fysiek zwaar werk"})
    assert reading.repairs == []
    assert reading.organisation["sector"] == "vvt_nursing_home"
    expected = {
        "fte_asked": 1267,
        "positions": 13,
        "function_profile": "nurse_mbo",
        "hours_min": 16,
        "starts_on": date(2020, 4, 11),
        "grid": 0xFF << 20,
        "big_requirement": "registered_or_exempt",
        "conditions": ["physically_heavy"],
        "region_code": "zorgplein_noord",
    }
    assert {key: reading.request[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"fte": "0"}, "invalid_fte"),
        ({"fte": "-1"}, "invalid_fte"),
        ({"fte": ""}, "invalid_fte"),
        ({"fte": "0,001"}, "invalid_fte"),
        ({"organisation": " "}, "missing_organisation"),
        ({"function": ""}, "missing_function"),
        ({"organisation": "Zonnehof", "sector": "iets"}, "unknown_sector"),
        ({"sector": ""}, None),
    ],
)
def test_impossible_requests_are_rejected(cells: dict[str, str], reason: str | None) -> None:
    assert read_request(REQUEST | cells).reject == reason


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("Ziekenhuis De Brug", "hospital"),
        ("Academisch ziekenhuis", "umc"),
        ("GGZ", "mental_health"),
        ("GGD", "ggd"),
        ("Huisartsenpost", "general_practice"),
        ("thuiszorg", "vvt_home_care"),
        ("vvt_home_care", "vvt_home_care"),
        ("bakkerij", None),
    ],
)
def test_sectors_are_understood(text: str, sector: str | None) -> None:
    assert sector_of(text) == sector


def test_a_request_is_the_same_whoever_wrote_the_number() -> None:
    prints = {
        request_fingerprint(read_request(REQUEST | {"fte": fte})) for fte in ("12,67", "12.67", " 12,67 ")
    }
    assert len(prints) == 1


def test_no_request_holds_a_citizen_service_number() -> None:
    told = {"function": "helpende 111222333", "note": "vraag naar bsn 111.222.333"}
    reading = read_request(REQUEST | told)
    assert reading.request["function_given"] == "helpende •••••••••"
    assert reading.request["note"] == "vraag naar bsn •••••••••••"
    assert [kind for kind, _ in reading.repairs].count("bsn_removed") == 2
    assert "111" not in str(reading)
