"""Every word a person sees: in all three languages, used, and with the same variables."""

from __future__ import annotations

import ast as python
import functools
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from fluent.syntax import FluentParser, ast

from locales import LANGUAGES, MissingWordError, Words, nearest_language, words_in

ROOT = Path(__file__).parent.parent.parent
CODE = ("bot", "handlers", "scheduler", "services", "views", "crm", "locales")
# A key in code: words("key"), words.plain("key"), Refused("key"), and constants that hold one.
KEY = re.compile(r"""["']([a-z][a-z0-9]*(?:-[a-z0-9]+)+)["']""")
LISTED = re.compile(r"#\s*keys:\s*(.+)")
CALLED = re.compile(r"""\b(?:words|w|turn\.words|Refused)(?:\.plain)?\(\s*["']([a-z0-9-]+)["']""")
FAMILY = re.compile(r"""f["']([a-z][a-z0-9]*(?:-[a-z0-9]+)*-)\{""")


@functools.cache
def resources(language: str) -> tuple[tuple[Path, ast.Resource], ...]:
    parser = FluentParser()
    files = sorted((ROOT / "locales" / language).glob("*.ftl"))
    return tuple((file, parser.parse(file.read_text(encoding="utf-8"))) for file in files)


@functools.cache
def messages(language: str) -> dict[str, ast.Message]:
    return {
        entry.id.name: entry
        for _, resource in resources(language)
        for entry in resource.body
        if isinstance(entry, ast.Message)
    }


def variables(message: ast.Message) -> set[str]:
    from fluent.syntax.visitor import Visitor

    found: set[str] = set()

    class Collect(Visitor):
        def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - the visitor's name
            found.add(node.id.name)

    Collect().visit(message)
    return found


def sources(*but: str) -> str:
    return "\n".join(
        file.read_text(encoding="utf-8")
        for folder in CODE
        if folder not in but
        for file in sorted((ROOT / folder).rglob("*.py"))
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_is_whole_fluent(language: str) -> None:
    """A broken message is silently absent, so it is looked for here."""
    for file, resource in resources(language):
        junk = [entry.content for entry in resource.body if isinstance(entry, ast.Junk)]
        assert not junk, f"{file.name}: {junk[:1]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_written_twice(language: str) -> None:
    names = [
        entry.id.name
        for _, resource in resources(language)
        for entry in resource.body
        if isinstance(entry, ast.Message)
    ]
    assert [name for name, times in Counter(names).items() if times > 1] == []


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_apostrophes_and_dashes_are_of_one_kind(language: str) -> None:
    """Ukrainian has the typographic apostrophe, and a pause is a long dash; a short one is for ranges, without blanks."""
    wrong = [
        f"{file.name}: {line}"
        for file, _ in resources(language)
        for line in file.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
        and (re.search(r"(?<=[а-яіїєґ])['\u02bc](?=[а-яіїєґ])", line, re.I) or " \u2013 " in line)
    ]
    assert wrong == []


def named(node: python.expr) -> Iterator[str]:
    """The keys that an argument may be: "key", or "one" if … else "another"."""
    if isinstance(node, python.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, python.IfExp):
        yield from named(node.body)
        yield from named(node.orelse)


def test_whoever_says_something_gives_all_its_values() -> None:
    """One that is not given is an apology instead of the answer."""
    wanted = {key: set.union(*(variables(messages(one)[key]) for one in LANGUAGES)) for key in messages("en")}
    lacking: list[str] = []
    calls = 0
    for file in (file for folder in CODE for file in sorted((ROOT / folder).rglob("*.py"))):
        for call in python.walk(python.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(call, python.Call) or not call.args:
                continue
            given = {one.arg for one in call.keywords}
            for key in named(call.args[0]):
                if key in wanted and None not in given:
                    calls += 1
                    lacking += [f"{file.name}:{call.lineno} {key}: {one}" for one in wanted[key] - given]
    assert lacking == []
    assert calls > 1_000


def test_the_three_languages_say_the_same_things_of_the_same_values() -> None:
    by_language = {language: messages(language) for language in LANGUAGES}
    keys = {language: set(found) for language, found in by_language.items()}
    assert keys["ru"] == keys["uk"] == keys["en"], (
        f"missing somewhere: {sorted((keys['ru'] | keys['uk'] | keys['en']) - (keys['ru'] & keys['uk'] & keys['en']))}"
    )
    for key in keys["en"]:
        named = {language: variables(by_language[language][key]) for language in LANGUAGES}
        # A language may leave a value out (no plural needed, say), but none may ask for one that others do not know.
        widest = max(named.values(), key=len)
        assert all(one <= widest for one in named.values()), f"{key}: {named}"


def test_no_word_is_missing() -> None:
    text = sources("crm")  # what the rules refuse has reasons, which views word
    asked = set(CALLED.findall(text))
    for line in LISTED.findall(text):
        asked |= set(line.split())
    assert sorted(asked - set(messages("en"))) == []


def test_no_word_is_unused() -> None:
    text = sources()
    used = set(KEY.findall(text)) | set(CALLED.findall(text))
    for line in LISTED.findall(text):
        used |= set(line.split())
    families = tuple(set(FAMILY.findall(text)))
    unused = [key for key in messages("en") if key not in used and not key.startswith(families)]
    assert sorted(unused) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [0, 1, 2, 5, 11, 21, 22, 25, 111])
def test_every_message_with_a_number_has_words_for_it(language: str, number: int) -> None:
    words = words_in(language)
    for key, message in messages(language).items():
        said = words(key, **dict.fromkeys(variables(message), number))
        assert "{" not in said, f"{key}: {said}"


def test_values_are_escaped_for_html_and_left_plain_for_buttons() -> None:
    words = words_in("en")
    assert "&lt;b&gt;" in words("parked-update", where="<b>")
    assert "<b>" in words.plain("parked-update", where="<b>")


def test_a_missing_word_is_a_mistake_of_ours() -> None:
    with pytest.raises(MissingWordError):
        Words("en")("no-such-key")


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("uk", "uk"),
        ("ru-RU", "ru"),
        ("en-GB", "en"),
        ("be", "ru"),
        ("kk", "ru"),
        ("de", "uk"),
        (None, "uk"),
        ("", "uk"),
    ],
)
def test_people_are_met_in_the_language_nearest_to_theirs(code: str | None, language: str) -> None:
    assert nearest_language(code, "uk") == language


def test_dates_read_as_the_language_writes_them() -> None:
    at = datetime(2026, 11, 25, 13, 0, tzinfo=UTC)
    kyiv = ZoneInfo("Europe/Kyiv")
    assert words_in("ru").moment(at, kyiv, now=at) == "ср, 25 ноября, 15:00"
    assert words_in("uk").moment(at, kyiv, now=at) == "ср, 25 листопада, 15:00"
    assert words_in("en").moment(at, kyiv, now=at) == "Wed, 25 Nov, 15:00"
    assert words_in("en").clock(time(9, 5)) == "09:05"
    assert "2026" in words_in("uk").day(at.date(), today=datetime(2027, 1, 1, tzinfo=UTC).date())
    assert words_in("ru").day(date(1990, 3, 15), today=at.date()) == "15 марта 1990"
