"""Phones as files hold them: Russian and Ukrainian forms read right, whatever sheets and people have made of them."""

from __future__ import annotations

from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm import phone_forms, values
from crm.values import Accepted

BOTH = ("UA", "RU")
CASES = [
    line.split("\t")
    for line in (Path(__file__).parent.parent / "samples" / "phones.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("regions", [("UA", "RU"), ("RU", "UA")])
def test_a_thousand_forms_of_two_countries_are_read_right_whichever_comes_first(regions: tuple[str, ...]) -> None:
    assert len(CASES) == 1000
    wrong = [
        (written, read) for written, meant in CASES if (read := phone_forms.read(written, regions).found) != (meant,)
    ]
    assert wrong == []


@pytest.mark.parametrize("regions", [("UA", "RU"), ("RU", "UA")])
def test_whoever_types_a_number_is_read_as_a_file_is(regions: tuple[str, ...]) -> None:
    wrong = [(written, read) for written, meant in CASES if (read := values.phone(written, regions)) != Accepted(meant)]
    assert wrong == []


def test_the_fast_path_believes_only_what_the_metadata_believes() -> None:
    """Every mobile prefix that is not looked up is valid with its first, its last and any subscriber's number."""
    for code, prefixes in ((380, range(30, 100)), (7, range(900, 1000))):
        for prefix in prefixes:
            for subscriber in (0, 1_234_567, 5_555_555, 9_999_999):
                if phone_forms._SURELY_MOBILE.fullmatch(f"+{code}{prefix}{subscriber:07}"):
                    parsed = phonenumbers.PhoneNumber(country_code=code, national_number=prefix * 10**7 + subscriber)
                    assert phonenumbers.is_valid_number(parsed), parsed


SEPARATORS = st.sampled_from(["", " ", "-", ".", "\u00a0", " - ", "–"])


@given(
    start=st.sampled_from([("+380", "67"), ("380", "50"), ("0", "93"), ("80", "63"), ("+38 0", "97"), ("00380", "66")]),
    groups=st.tuples(st.integers(0, 999), st.integers(0, 99), st.integers(0, 99)),
    between=st.tuples(SEPARATORS, SEPARATORS, SEPARATORS),
    brackets=st.booleans(),
)
def test_a_ukrainian_mobile_is_itself_however_it_is_spaced(
    start: tuple[str, str], groups: tuple[int, int, int], between: tuple[str, str, str], brackets: bool
) -> None:
    a, b, c = f"{groups[0]:03}", f"{groups[1]:02}", f"{groups[2]:02}"
    code = f"({start[1]})" if brackets else start[1]
    written = f"{start[0]}{between[0]}{code}{between[1]}{a}{between[2]}{b}{between[2]}{c}"
    assert phone_forms.number(written, BOTH) == f"+380{start[1]}{a}{b}{c}"


@given(
    start=st.sampled_from(["+7", "7", "8", "", "007", "+8"]),
    code=st.sampled_from(["916", "903", "926", "999", "985"]),
    rest=st.integers(0, 9_999_999),
    between=st.tuples(SEPARATORS, SEPARATORS),
)
def test_a_russian_mobile_is_itself_however_it_begins(
    start: str, code: str, rest: int, between: tuple[str, str]
) -> None:
    written = f"{start}{between[0] if start else ''}{code}{between[1]}{rest:07}"
    assert phone_forms.number(written, BOTH) == f"+7{code}{rest:07}"


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("0671234567, 8 916 123 45 67", ["+380671234567", "+79161234567"]),
        ("067 123 45 67 / 050 111 22 33", ["+380671234567", "+380501112233"]),
        ("+380671234567 +380501112233", ["+380671234567", "+380501112233"]),
        ("0671234567 0501112233", ["+380671234567", "+380501112233"]),
        ("0671234567\n0671234567", ["+380671234567"]),
        ("+380 67 123 45 67 ::: 044 234 56 78", ["+380671234567", "+380442345678"]),
        ("8 (495) 123-45-67 доб. 12, 8 916 000 11 22", ["+74951234567", "+79160001122"]),
        ("067 123 45 67 (мама); 050 111 22 33 (тато)", ["+380671234567", "+380501112233"]),
    ],
)
def test_several_numbers_of_one_cell_are_several(cell: str, found: list[str]) -> None:
    read = phone_forms.read(cell, BOTH)
    assert list(read.found) == found
    assert read.refused == ()


def test_what_is_no_number_is_named_beside_what_is() -> None:
    read = phone_forms.read("067 123 45 67, 12345", BOTH)
    assert read.found == ("+380671234567",)
    assert read.refused == (("12345", phone_forms.INVALID),)


@pytest.mark.parametrize("cell", ["3,8067E+11", "3.80671E+11", "8.91612E+10"])
def test_a_number_that_a_sheet_has_rounded_is_lost_and_says_so(cell: str) -> None:
    """Its digits are gone: a guess would be somebody else's phone."""
    assert phone_forms.read(cell, BOTH) == phone_forms.Phones(refused=((cell, phone_forms.ROUNDED),))


def test_a_number_whose_digits_are_all_there_is_read_from_the_form_sheets_give_it() -> None:
    assert phone_forms.number("3.80671234567E+11", BOTH) == "+380671234567"
    assert phone_forms.number("380671234567.0", BOTH) == "+380671234567"


def test_numbers_of_other_countries_need_their_code_or_the_business_there() -> None:
    assert phone_forms.number("+49 1512 3456789", BOTH) == "+4915123456789"
    assert phone_forms.number("030 901820", ("DE",)) == "+4930901820"
    # With Germany among the countries, 030… is Berlin and no Ukrainian number of ten digits.
    assert phone_forms.number("030 90182055", ("DE", "UA")) == "+493090182055"


@given(st.text(max_size=60))
def test_whatever_is_in_a_cell_gives_valid_numbers_or_none(cell: str) -> None:
    for found in phone_forms.read(cell, BOTH).found:
        assert phonenumbers.is_valid_number(phonenumbers.parse(found, None))
