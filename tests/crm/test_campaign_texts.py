"""Placeholders: a closed list, checked, with what stands in for what is not known; nothing a person wrote is markup."""

from __future__ import annotations

import pytest

from crm import campaign_texts
from crm.campaign_letters import Letter, Media, Options, Variant, any_variant, part, share


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("Hello, {name|friend}!", "Olga", "Hello, Olga!"),
        ("Hello, {name|friend}!", "", "Hello, friend!"),
        ("Hello, {name}!", "", "Hello!"),
        ("{name}, hello!", "", "hello!"),
        ("<b>{name|friend}</b>", "<i>O</i>", "<b>&lt;i&gt;O&lt;/i&gt;</b>"),
        ("{имя|друг}", "Оля", "Оля"),
        ("{ім’я|друже}", "Оля", "Оля"),
        ("{Ім'я|друже}", "Оля", "Оля"),
        ("{name}", "{business}", "{business}"),
        ("{name}", "{0.__class__}", "{0.__class__}"),
    ],
)
def test_filled_for_one_person(text: str, name: str, said: str) -> None:
    assert campaign_texts.fill(text, {"name": name, "business": "Len"}) == said


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{name|друг}, в эту субботу\nскидки", "В эту субботу скидки"),
        ("<b>{name|друг}</b>, в эту субботу", "В эту субботу"),
        ("👋 {name}! Ждём вас", "👋 Ждём вас"),
        ("Привет, {name|друг}! Ждём вас", "Привет! Ждём вас"),
        ("{name} {city}: -50 % &amp; подарок", "-50 % & подарок"),
        ("Привет {name}! Ждём вас", "Привет! Ждём вас"),
        ("Для вас, {name|друг}, скидка", "Для вас, скидка"),
        ("iPhone для {name|вас}", "iPhone для вас"),
        ("iPhone для {name}", "iPhone для …"),
        ("{name}, у вас {points} баллов. Только до пятницы", "У вас … баллов. Только до пятницы"),
        ("У вас {points|много} баллов", "У вас много баллов"),
        ("{баллы} баллов ждут", "… баллов ждут"),
        ("Город: {city}", "Город: …"),
        ("{name}!", ""),
        ("", ""),
        ("x" * 70, "x" * 59 + "…"),
    ],
)
def test_a_campaign_is_called_by_its_first_words_as_they_read_for_nobody_in_particular(text: str, name: str) -> None:
    assert campaign_texts.called(text, 60) == name


@pytest.mark.parametrize(
    ("text", "kind", "nearest"),
    [
        ("{nmae}", "unknown", "name"),
        ("{qqq}", "unknown", None),
        ("{na<b>me</b>}", "unknown", "name"),
        ("{name", "brace", None),
        ("a } b", "brace", None),
        ("{name.__class__}", "unknown", None),
    ],
)
def test_what_is_wrong_is_found_with_a_suggestion(text: str, kind: str, nearest: str | None) -> None:
    (problem, *_) = campaign_texts.problems(text, caption=False)
    assert (problem.kind, problem.nearest) == (kind, nearest)


def test_the_limit_is_of_what_is_seen_with_room_for_names() -> None:
    assert campaign_texts.problems(f"<b>{'x' * 4096}</b>", caption=False) == []
    assert campaign_texts.problems("x" * 4097, caption=False)[0].over == 1
    assert campaign_texts.problems("x" * 1000 + "{name}", caption=True)[0].over == 40
    assert campaign_texts.seen_length("😀&amp;") == 3


def test_a_letter_survives_as_json() -> None:
    letter = Letter((Variant("a", {"ru": "Да"}, (Media("photo", "id"),)), Variant("b", {"en": "Yes"})))
    assert Letter.from_json(letter.to_json()) == letter
    options = Options(control=10, test=20, metric="purchases", local="2026-11-25T10:00", segment=3)
    assert Options.from_json(options.to_json()) == options


def test_shares_are_even_and_say_nothing_of_each_other() -> None:
    """Who is of the control group is not told by the variant, nor by the number of the card."""
    people = range(1, 20_001)
    variants = [any_variant(5, one, "abc") for one in people]
    for name in "abc":
        assert 0.31 < variants.count(name) / len(people) < 0.36
    options = Options(control=20)
    control = [part(5, one, options, "ab")[0] == "control" for one in people]
    assert 0.19 < sum(control) / len(people) < 0.21
    assert abs(sum(control[:10_000]) - sum(control[10_000:])) < 200
    assert share(5, 7, "x") != share(6, 7, "x") != share(5, 7, "y")
