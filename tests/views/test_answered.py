"""What was asked for, in its reader's words: staff and customers of one business may read different languages."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import playbooks
from crm.playbook import Form
from locales import words_in
from tests.clocks import NOON
from views import answered
from views.answered import Asked

PLAYBOOK = Path(__file__).parent.parent.parent / "playbooks" / "salon.toml"
KYIV = ZoneInfo("Europe/Kyiv")
ANSWERS = [
    {"field": "service", "label": "Услуга", "value": "cut", "shown": "Стрижка"},
    {"field": "name", "label": "Имя", "value": "Оля", "shown": "Оля"},
]


@pytest.fixture
def form() -> Form:
    found = playbooks.load(PLAYBOOK).form("booking")
    assert found is not None
    return found


def test_a_request_is_read_in_its_readers_language(form: Form) -> None:
    asked = Asked("Записаться", ANSWERS, form, KYIV)
    words = words_in("uk")
    assert answered.title(words, asked) == "Записатися"
    assert answered.told(words, asked, now=NOON) == [("Послуга", "Стрижка"), ("Ім’я", "Оля")]
    assert answered.told(words_in("en"), asked, now=NOON)[0] == ("Service", "Haircut")


def test_what_the_playbook_no_longer_asks_stays_as_it_was_kept(form: Form) -> None:
    gone = [{"field": "no_such_question", "label": "Раньше", "value": 5, "shown": "пять"}]
    words = words_in("uk")
    assert answered.told(words, Asked("Было", gone, form, KYIV), now=NOON) == [("Раньше", "пять")]
    assert answered.told(words, Asked("Было", gone, None, KYIV), now=NOON) == [("Раньше", "пять")]
    assert answered.title(words, Asked("Было", gone, None, KYIV)) == "Было"


def test_an_answer_whose_question_changed_its_type_stays_as_it_was_shown(form: Form) -> None:
    odd = [{"field": "service", "label": "Услуга", "value": ["cut", "dye"], "shown": "Стрижка, покраска"}]
    [(_, shown)] = answered.told(words_in("uk"), Asked("", odd, form, KYIV), now=NOON)
    assert shown == "Стрижка, покраска"
