import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.rules.phone import Phone, digits, has_letters, read_phone, show_phone

MOBILE = Phone("+31612345678", "06 12345678", "mobile", "NL", None)
FIXED = Phone("+31201234567", "020 123 4567", "fixed", "NL", None)


@pytest.mark.parametrize(
    "typed",
    [
        "0612345678",
        "06-12345678",
        "06 - 12 34 56 78",
        "06.12.34.56.78",
        "06/12345678",
        "+31 6 1234 5678",
        "0031612345678",
        "+31(0)612345678",
        "+31 (0)6 12345678",
        "(0)6-12345678",
        "612345678",
        "31612345678",
        "612345678.0",
        "31612345678.0",
        "'+31612345678",
        " 06\u00a012345678 ",
        "tel 0612345678",
        "0612345678 of 0612345678",
    ],
)
def test_a_dutch_mobile_however_it_is_typed(typed: str) -> None:
    reading = read_phone(typed)
    assert (reading.phone, reading.remark, reading.problem, reading.second) == (MOBILE, "", None, None)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("06123", "invalid"),
        ("06123456", "invalid"),
        ("061234567", "invalid"),
        ("06123456789", "invalid"),
        ("06 1234 5678 0", "invalid"),
        ("0676543210", "invalid"),
        ("0690000000", "invalid"),
        ("0800-1234", "toll_free"),
        ("0900-1234", "premium_rate"),
        ("0906-1234", "premium_rate"),
        ("112", "emergency"),
        ("0477 12 34 56", "maybe_belgian_mobile"),
        ("", "missing"),
        ("n.v.t.", "missing"),
        ("geen", "missing"),
        ("٠٦١٢٣٤٥٦٧٨", "missing"),
        ("6,12E+08", "invalid"),
    ],
)
def test_what_cannot_be_called(typed: str, problem: str) -> None:
    reading = read_phone(typed)
    assert (reading.phone, reading.problem) == (None, problem)


@pytest.mark.parametrize(
    ("typed", "e164", "national", "kind", "country", "warning"),
    [
        ("020-1234567", "+31201234567", "020 123 4567", "fixed", "NL", None),
        ("020/1234567", "+31201234567", "020 123 4567", "fixed", "NL", None),
        ("0113-212345", "+31113212345", "0113 212 345", "fixed", "NL", None),
        ("085 3038457", "+31853038457", "085 303 8457", "voip", "NL", None),
        ("0911234567", "+31911234567", "091 123 4567", "voip", "NL", None),
        ("088-1234567", "+31881234567", "088 123 4567", "company", "NL", None),
        ("0665432109", "+31665432109", "066 5432109", "pager", "NL", "pager"),
        ("14010", "+3114010", "14 010", "company", "NL", "municipality"),
        ("0970 12345678", "+3197012345678", "0970 123 45678", "m2m", "NL", "m2m"),
        ("+32 475 12 34 56", "+32475123456", "+32 475 12 34 56", "mobile", "BE", None),
        ("32475123456", "+32475123456", "+32 475 12 34 56", "mobile", "BE", "lost_plus"),
        ("+49 151 12345678", "+4915112345678", "+49 1511 2345678", "mobile", "DE", None),
        ("0475 12 34 56", "+31475123456", "0475 123 456", "fixed", "NL", "maybe_belgian_mobile"),
        ("0475/12.34.56", "+31475123456", "0475 123 456", "fixed", "NL", "maybe_belgian_mobile"),
        ("0475-123456", "+31475123456", "0475 123 456", "fixed", "NL", None),
    ],
)
def test_other_numbers(
    typed: str, e164: str, national: str, kind: str, country: str, warning: str | None
) -> None:
    assert read_phone(typed).phone == Phone(e164, national, kind, country, warning)


def test_another_default_country() -> None:
    assert read_phone("0475 12 34 56", "BE").phone == Phone(
        "+32475123456", "+32 475 12 34 56", "mobile", "BE", None
    )


@pytest.mark.parametrize(
    ("typed", "remark"),
    [
        ("0612345678 (na 17u)", "na 17u"),
        ("0612345678 na 17.00", "na 17.00"),
        ("06 12345678 17:00-20:00", "17:00-20:00"),
        ("bel na 18 uur: 06-12345678", "bel na 18 uur"),
        ("06-12345678 tussen 9 en 12", "tussen 9 en 12"),
        ("0612345678x12", "x12"),
        ("0612345678 's ochtends", "'s ochtends"),
        ("'0612345678, 's avonds'", "'s avonds"),
        ("0612345678 / 0900-1234", "0900-1234"),
    ],
)
def test_words_beside_a_number_are_a_remark(typed: str, remark: str) -> None:
    reading = read_phone(typed)
    assert (reading.phone, reading.remark) == (MOBILE, remark)


@pytest.mark.parametrize(
    ("typed", "glued"),
    [
        ("06 12345678x", True),
        ("x0612345678", True),
        ("06 123 456 78o", True),
        ("0612345678 na 17u", False),
        ("06-12345678 17u", False),
        ("tel:0612345678", False),
        ("06 12345678 (moeder)", False),
    ],
)
def test_a_letter_at_a_number_is_seen(typed: str, glued: bool) -> None:
    assert has_letters(typed) is glued


def test_words_without_a_number_are_kept() -> None:
    assert read_phone("liever per mail").remark == "liever per mail"
    assert read_phone("alleen na 18 uur").remark == "alleen na 18 uur"


@pytest.mark.parametrize("between", [" / ", "/", ", ", " of ", " ", " - ", ";", "\n"])
def test_two_numbers_in_one_field(between: str) -> None:
    reading = read_phone(f"0612345678{between}0201234567")
    assert (reading.phone, reading.second, reading.remark) == (MOBILE, FIXED, "")


def test_a_third_number_stays_readable() -> None:
    reading = read_phone("0612345678, 0201234567, 030-1234567 is van mijn werk")
    assert (reading.phone, reading.second) == (MOBILE, FIXED)
    assert reading.remark == "030-1234567 is van mijn werk"


def test_a_bad_first_number_does_not_hide_a_good_second() -> None:
    assert read_phone("0612 / 020-1234567").phone == FIXED


def library_reading(typed: str) -> str | None:
    try:
        number = phonenumbers.parse(typed, "NL")
    except phonenumbers.NumberParseException:
        return None
    mobile = phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
    valid = mobile and phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if valid else None


@given(
    st.sampled_from(["06", "6", "316", "+316", "00316", "+3106", "+31(0)6", "(0)6-", "3106", "0316"]),
    st.text("0123456789 -", min_size=6, max_size=12),
)
def test_the_short_way_agrees_with_the_library(start: str, rest: str) -> None:
    typed = (start + rest).strip(" -")
    expected = library_reading(typed)
    phone = read_phone(typed).phone
    if expected is not None:
        assert phone is not None
        assert phone.e164 == expected
    elif phone is not None and phone.kind == "mobile":
        # Two numbers side by side or one without its plus: never a number that the library refuses.
        assert phonenumbers.is_valid_number(phonenumbers.parse(phone.e164))


@given(st.one_of(st.text(), st.from_regex(r"\A[+(]?[0-9 ()/.-]{3,25}( na [0-9]{1,2}u)?\Z")))
@example("0612345678 / 0201234567")
def test_reading_never_fails_and_gives_numbers_that_exist(typed: str) -> None:
    reading = read_phone(typed)
    assert (reading.phone is None) == (reading.problem is not None)
    for phone in filter(None, (reading.phone, reading.second)):
        assert phonenumbers.is_valid_number(phonenumbers.parse(phone.e164))
        again = read_phone(phone.e164).phone
        assert again is not None
        assert again.e164 == phone.e164


@given(st.from_regex(r"\A(0[1-9][0-9]{8}|0970[0-9]{8}|140[0-9]{2,3})\Z"))
def test_dutch_numbers_are_shown_as_the_library_shows_them(typed: str) -> None:
    phone = read_phone(typed).phone
    if phone:
        number = phonenumbers.parse(phone.e164)
        shown = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
        assert show_phone(phone.e164) == shown


def test_show_phone_of_what_is_no_number() -> None:
    assert show_phone("onbekend") == "onbekend"


def test_digits() -> None:
    assert digits("(0)6-12 ٣ a²") == "0612"
