"""A form's screens: within Telegram's limits and literal, whatever the playbook and the person hold."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crm import forms as engine
from crm import playbook_reading, replies
from crm.form_types import Answer, Situation, State
from crm.forms import REASONS
from crm.playbook import Form, Playbook
from crm.playbook_types import Span
from crm.values import Refused
from locales import LANGUAGES, words_in
from tests.clocks import NOON
from tests.handlers.customer.playbooks import EVERY_STEP
from views import customers, form_screens, preferences, request_pages
from views.answered import Asked
from views.messages import Screen
from views.request_pages import OwnRequest

KYIV = ZoneInfo("Europe/Kyiv")
PLAYBOOKS = Path(__file__).parent.parent.parent / "playbooks"
PIECES = (
    "<b>", "</b>", "<a href='tg://user?id=1'>", "&amp;", "&", "\u202eолеГ", "Z͑ͫ̓̎a̴̢̛l̷̨͝g̵̛o", "👩‍👩‍👧‍👦", "🇺🇦", "'; DROP TABLE contacts; --",
    "{name}", "{{0.__class__}}", "%s", "\\", '"', "`", "\u0000", "\n\n", "ё", "ґ", "Иван", "O'Brien", "@all", "/start",
    "ы" * 500, "𝕬" * 300, "<script>", "<!--", "​", "\ufeff",
)  # fmt: skip


def hostile_names(count: int) -> Iterator[str]:
    """Names that break what is careless, the same in every run."""
    chance = random.Random(20261121)
    for _ in range(count):
        yield "".join(chance.choices(PIECES, k=chance.randint(1, 12)))[:4096] or "x"


class Tags(HTMLParser):
    """Collects the tags of a text and what is left of it for the reader."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.shown = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not attrs

    def handle_data(self, data: str) -> None:
        self.shown += data


def check(screen: Screen) -> str:
    """Telegram would take it: 4,096 units, buttons of 64 bytes and a text each, our own tags only. What is read."""
    parsed = Tags(screen.text)
    assert parsed.tags <= {"b", "i"}
    assert 1 <= len(parsed.shown.encode("utf-16-le")) // 2 <= 4096
    for row in screen.buttons:
        assert 1 <= len(row) <= 8
        for button in row:
            assert button.text.strip()
            assert button.data is None or 1 <= len(button.data.encode()) <= 64
    assert sum(map(len, screen.buttons)) <= 100
    return parsed.shown


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return playbook_reading.read(EVERY_STEP)


@pytest.fixture(scope="module")
def form(playbook: Playbook) -> Form:
    found = playbook.form("all")
    assert found is not None
    return found


def reader(playbook: Playbook, language: str = "ru", name: str = "") -> form_screens.Reader:
    # The longest number of a filling there could be.
    return form_screens.Reader(words_in(language), "9" * 15, name, playbook.business.name, KYIV, NOON)


HERE = Situation(now=NOON, zone=KYIV, consented=True)


def test_five_hundred_hostile_names_are_literal_on_every_screen(playbook: Playbook, form: Form) -> None:
    """Offers, summaries, echoes, thanks, greetings, nudges, one's own requests: the name as it is, cut, never markup."""
    step = form.step("name")
    assert step is not None
    index = form.steps.index(step)
    for number, name in enumerate(hostile_names(500)):
        there = reader(playbook, LANGUAGES[number % len(LANGUAGES)], name)
        state = State("all", place="step", step=index, answers={"name": Answer(name)})
        asked = engine.resume(form, state, replace(HERE, known={"name": name}))
        assert asked.prompt is not None
        check(form_screens.question(there, asked.prompt))
        summed = engine.resume(form, replace(state, place="summary", step=-1), HERE)
        assert summed.summary is not None
        check(
            form_screens.summary(there, form, summed.summary, lead=form_screens.understood(there, (step, Answer(name))))
        )
        check(form_screens.thanks(there, form, 12))
        check(form_screens.nudge(there.words, form, name=name, business=playbook.business.name))
        check(customers.greeting(there.words, playbook, name, for_staff=False))
        answers = [{"field": "name", "label": name, "value": name, "shown": name}] * 50
        own = OwnRequest(7, Asked(name, answers, None, KYIV), None, "new", False, NOON)
        check(request_pages.card(there.words, playbook, own, zone=KYIV, now=NOON))
        check(request_pages.listed(there.words, playbook, [own] * 10, zone=KYIV, now=NOON))


def test_a_name_of_markup_is_read_as_it_was_typed(playbook: Playbook, form: Form) -> None:
    """Nothing is dropped on the way, and nothing becomes bold."""
    name = "<b>{name}</b> & Sons"
    state = State("all", place="summary", step=-1, answers={"name": Answer(name)})
    summed = engine.resume(form, state, HERE).summary
    assert summed is not None
    assert name in check(form_screens.summary(reader(playbook), form, summed))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", sorted(REASONS))
def test_every_reason_has_its_words(language: str, reason: str) -> None:
    """Whatever the engine may say no to, the person reads why, in their language."""
    params: dict[str, str | int | float] = {
        "min": 2,
        "max": 5,
        "length": 9,
        "count": 1,
        "example": "+380 50 123 4567",
        "got": "sticker",
        "open": "09:00",
        "close": "21:00",
    }
    said = form_screens.why(words_in(language), Refused(reason, params))
    assert len(said) > 10
    assert not re.search(r"[{}]", said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keys_of_a_keyboard_are_words_the_form_knows(playbook: Playbook, form: Form, language: str) -> None:
    """A key sends its text: back, skip and cancel must be read as what they say."""
    words = words_in(language)
    assert replies.read(words.plain("form-back")) == "back"
    assert replies.read(words.plain("form-skip")) == "skip"
    assert replies.read(words.plain("form-cancel")) == "cancel"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_fits(playbook: Playbook, form: Form, language: str) -> None:
    """Each type of question, with the longest lead there is, is a message Telegram takes."""
    there = reader(playbook, language)
    for index, step in enumerate(form.steps):
        asked = engine.resume(form, State("all", place="step", step=index), HERE)
        assert asked.prompt is not None
        screen = form_screens.question(there, asked.prompt, lead="ы" * 300)
        check(screen)
        assert bool(screen.keys) == (step.type in ("phone", "location"))


@pytest.mark.parametrize("path", sorted(PLAYBOOKS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_question_of_the_examples_fits(path: Path) -> None:
    """Each form of each playbook we ship, each question, in each language: with an offer of the card and without."""
    shipped = playbook_reading.read(path.read_text(encoding="utf-8"))
    for short in shipped.forms:
        form = shipped.form(short.id)
        assert form is not None
        for language in shipped.business.languages:
            there = form_screens.Reader(words_in(language), "9" * 15, "Оксана", shipped.business.name, KYIV, NOON)
            for index, step in enumerate(form.steps):
                bare = step.model_copy(update={"when": None})
                alone = form.model_copy(update={"steps": (bare,)})
                for known in ({}, {"name": "Оксана", "phone": "+380671234567", "email": "a@example.com"}):
                    asked = engine.resume(alone, State(form.id, place="step", step=0), replace(HERE, known=known))
                    assert asked.prompt is not None, (form.id, index)
                    check(form_screens.question(there, asked.prompt, lead="ы" * 250))


@pytest.mark.parametrize("language", LANGUAGES)
def test_settings_fit(language: str) -> None:
    """The longest zone name there is fits a button."""
    words = words_in(language)
    chosen = preferences.Chosen(
        KYIV,
        known="phone",
        quiet=Span.parse("21:00-09:00"),
        consents={"marketing": True},
        processing=True,
        topics=(preferences.Topic("t" * 24, "Т" * 64, True),),
    )
    check(preferences.overview(words, chosen, now=NOON, customer=True))
    check(preferences.quiet_hours(words, chosen, chosen.quiet))
    check(preferences.how_often(words, chosen, now=NOON))
    check(preferences.topics(words, chosen.topics))
    check(preferences.ask_place(words))
    for purpose in preferences.PURPOSES:
        check(preferences.stopped(words, purpose))
    check(preferences.eased(words))
    check(Screen("?", buttons=preferences.under_advertisement(words, "scenario:" + "9" * 60)))
    check(preferences.zones(words, ["America/Argentina/ComodRivadavia", "Europe/Kyiv"], now=NOON))
