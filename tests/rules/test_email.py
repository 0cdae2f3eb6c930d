import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis import strategies as st

from db.rules.email import read_email


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("tristan.luinenburg0@gmail.com", "tristan.luinenburg0@gmail.com"),
        (" TRISTAN.PAVERT1@LIVE.NL ", "tristan.pavert1@live.nl"),
        ("esmée@live.nl", "esmée@live.nl"),
        ("Jan Jansen <jan@ziggo.nl>", "jan@ziggo.nl"),
        ("mailto:jan@ziggo.nl", "jan@ziggo.nl"),
        ("planning@example.org", "planning@example.org"),
        ("jan+zorg@sub.kpn-mail.co.uk", "jan+zorg@sub.kpn-mail.co.uk"),
    ],
)
def test_addresses(typed: str, address: str) -> None:
    reading = read_email(typed)
    assert (reading.address, reading.problem) == (address, None)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "missing"),
        ("geen", "missing"),
        ("@hotmail.com", "invalid"),
        ("jan@", "invalid"),
        ("piet.gmail.com", "invalid"),
        ("a b@ziggo.nl", "invalid"),
        ("a..b@ziggo.nl", "invalid"),
        ("jan@ziggo", "invalid"),
        ("jan@-ziggo.nl", "invalid"),
        ("jan@ziggo.nl, piet@ziggo.nl", "invalid"),
    ],
)
def test_what_is_no_address(typed: str, problem: str) -> None:
    reading = read_email(typed)
    assert (reading.address, reading.problem) == (None, problem)


@given(
    st.text("abz09._+-", min_size=1, max_size=70),
    st.text("abz09.-", min_size=1, max_size=70),
    st.sampled_from(["nl", "com", "be"]),
)
def test_the_short_way_accepts_only_what_the_library_accepts(local: str, domain: str, top: str) -> None:
    reading = read_email(f"{local}@{domain}.{top}")
    if reading.address:
        assert validate_email(reading.address, check_deliverability=False).normalized == reading.address


@given(st.text())
def test_reading_never_fails_and_is_idempotent(typed: str) -> None:
    reading = read_email(typed)
    assert (reading.address is None) == (reading.problem is not None)
    if reading.address:
        assert read_email(reading.address).address == reading.address
