"""Search keys: which spellings meet, and which do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm import folding

ANY_TEXT = st.text(max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Пётр", "ПЕТР"),
        ("Виталий", "Віталій"),
        ("Эдуард", "Едуард"),
        ("Быков", "Биков"),
        ("Лукьянов", "Лук’янов"),
        ("Лук'янов", "Лукʼянов"),
        ("Ґалаґан", "Галаган"),
        ("Сергій", "Серги\u0438\u0306"),
        ("José", "Jose\u0301"),
        ("Анна-Мария", "аннамария"),
        ("Иванова", "Ивано\u0301ва"),
        ("И\u200bван  Петров", "иван петров"),
        ("Ｉｖａｎ", "ivan"),
    ],
)
def test_spellings_of_one_name_fold_to_one_key(one: str, other: str) -> None:
    assert folding.fold(one) == folding.fold(other)


@pytest.mark.parametrize(("one", "other"), [("Иванов", "Иванова"), ("Анна Мария", "Анна"), ("c++", "c")])
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert folding.fold(one) != folding.fold(other)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("ivanov", "Иванов"),
        ("Julia", "Юлия"),
        ("yulia", "Юлія"),
        ("Dmitriy", "Дмитрий"),
        ("dmitry", "Дмитрий"),
        ("Shcherbak", "Щербак"),
        ("Kyiv", "Київ"),
        ("hristina", "Khrystyna"),
        ("Lukianov", "Лук'янов"),
        ("Zgurska", "Згурська"),
        ("schmidt", "Шмидт"),
    ],
)
def test_a_name_in_latin_letters_meets_the_name_in_cyrillic(typed: str, written: str) -> None:
    assert folding.latin(typed) == folding.latin(written)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("bdfyjd", "иванов"), ("Gfdk.r", "павлюк"), ("шмфтщм", "ivanov"), ("sdfy", "Иван"), ("Rb]d", "Київ")],
)
def test_a_word_typed_on_the_wrong_keyboard_is_read(typed: str, meant: str) -> None:
    assert folding.layout(typed) == folding.fold(meant)


def test_a_double_name_is_two_words_and_signs_are_none() -> None:
    assert folding.words("Салтыков-Щедрин, (Михаил) — «МЕ»!") == ["салтиков", "щедрин", "михаил", "ме"]
    assert folding.words("ivan_petrov@x.com") == ["ivan", "petrov", "x", "com"]
    assert folding.words("() -- '") == []
    assert folding.words("🌹") == ["🌹"]


def test_labels_differ_by_more_than_case_and_spaces() -> None:
    assert folding.label("  VIP  Клиент ") == folding.label("vip клиент")
    assert folding.label("жёлтый") == folding.label("ЖЕЛТЫЙ")
    assert folding.label("from-bot") != folding.label("frombot")
    assert folding.label("йод") != folding.label("иод")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  иван   ПЕТРОВ ", "иван ПЕТРОВ"),
        ("иван петров", "Иван Петров"),
        ("АННА-МАРИЯ м'ЯТА".upper(), "Анна-Мария М'ята"),
        ("O'Neil", "O'Neil"),
        ("Ли\u202eса\u200b\ufeff", "Лиса"),
        ("Иван\n\tПетров\x00", "Иван Петров"),
        ("\ud83d Анна", "Анна"),
        ("\u3164\u2800\u115f", ""),
        ("Я" + "а" * 300, "Я" + "а" * 127),
        ("😀", "😀"),
    ],
)
def test_a_name_is_kept_readable(typed: str, kept: str) -> None:
    assert folding.name(typed) == kept


def test_digits_are_read_in_any_script() -> None:
    assert folding.digits("+380 (67) 123-45-67") == "380671234567"
    assert folding.digits("٠١٢ ３४") == "01234"
    assert folding.digits("x²") == ""


@given(st.text(alphabet=[*map(chr, range(32, 127)), *"абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґАЁЙЫЭІЇЄҐ"], max_size=40))
def test_plain_letters_are_folded_as_any_letters_do(text: str) -> None:
    assert folding.fold(text) == folding._fold_any(text)
    assert folding.words(text) == folding._words_of_any(text)


@given(ANY_TEXT)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert folding.fold(folding.fold(text)) == folding.fold(text)
    assert folding.label(folding.label(text)) == folding.label(text)
    assert folding.name(folding.name(text)) == folding.name(text)


@given(ANY_TEXT)
def test_every_word_is_found_inside_the_key_of_the_whole_text(text: str) -> None:
    key = folding.fold(text)
    assert all(word in key for word in folding.words(text))


@given(ANY_TEXT)
def test_a_latin_key_is_lower_case_ascii(text: str) -> None:
    key = folding.latin(text)
    assert key.isascii()
    assert key == key.lower()


@given(st.text(max_size=400))
def test_a_kept_name_fits_and_hides_nothing(text: str) -> None:
    kept = folding.name(text)
    assert len(kept) <= folding.NAME_LENGTH
    assert kept == folding.visible(kept)
