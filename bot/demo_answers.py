"""What the demo's people answered when they asked for something: to every question words that fit it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.demo_people import Someone
from bot.demo_purchases import GOODS
from crm import form_branches, zones
from crm.card_fields import Option
from crm.playbook import Form, Step
from locales import Words
from views import answered

_SAID: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "goods": GOODS,
    "order_number": {
        "ru": ("Номера не помню: две кружки, на прошлой неделе", "Льняной плед, в начале месяца"),
        "uk": ("Номера не пам’ятаю: два горнятка, минулого тижня", "Лляний плед, на початку місяця"),
        "en": ("I do not remember it: two mugs, last week", "A linen throw, early this month"),
    },
    "wish": {
        "ru": ("Причёска и макияж на свадьбу",),
        "uk": ("Зачіска й макіяж на весілля",),
        "en": ("Hair and make-up for a wedding",),
    },
    "henna_when": {"ru": ("Полгода назад",), "uk": ("Пів року тому",), "en": ("Half a year ago",)},
    "wishes": {
        "ru": ("С днём рождения!", "Любимой маме"),
        "uk": ("З днем народження!", "Любій мамі"),
        "en": ("Happy birthday!", "To dear Mum"),
    },
    "details": {
        "ru": ("Ждали приёма сорок минут, и никто не извинился",),
        "uk": ("Чекали прийому сорок хвилин, і ніхто не вибачився",),
        "en": ("We waited forty minutes, and nobody said sorry",),
    },
    "company": {"ru": ("ООО «Ромашка»",), "uk": ("ТОВ «Ромашка»",), "en": ("Daisy Ltd",)},
    "comment": {
        "ru": ("Лучше после шести вечера", "Пишите, пожалуйста, сюда, а не звоните"),
        "uk": ("Краще після шостої вечора", "Пишіть, будь ласка, сюди, а не телефонуйте"),
        "en": ("After six in the evening, if possible", "Please write here rather than call"),
    },
}
"""Free words by the question's field and the person's language."""
_ANYTHING: Final = {
    "ru": "Расскажу при встрече",
    "uk": "Розповім під час зустрічі",
    "en": "I will tell you when we meet",
}
_SUMS: Final = {"amount": (1000, 1500, 2000), "budget": (600, 1000, 2500), "office": (3, 12, 48)}
_COUNTS: Final = {"child_age": (4, 12), "people": (4, 14)}
_FAMILY: Final = {"ru": ("Мария", "Михаил"), "uk": ("Марія", "Михайло"), "en": ("Mary", "Michael")}
_STREETS: Final = {"ru": "ул. Садовая, 7", "uk": "вул. Садова, 7", "en": "7 Sadova St"}


@dataclass(frozen=True, slots=True)
class Answerer:
    """Somebody who asks for something: `card` is what their card says already, `made` when they ask; `words` are of the
    business's language and `zone` is its own."""

    who: Someone
    card: Mapping[str, str]
    words: Words
    zone: ZoneInfo
    made: datetime
    chance: random.Random

    def fill(self, form: Form) -> list[dict[str, Any]]:
        """The form's answers as a request keeps them. Files and consents are left out: there are none to be opened, and
        the card says already what was agreed to."""
        given: dict[str, Any] = {}
        for index, step in enumerate(form.steps):
            if step.when is None or form_branches.holds(form, index, given, {}, now=self.made, zone=self.zone):
                value = self._answer(step, given)
                if value is not None:
                    given[step.field] = value
        return [self._told(step, given[step.field]) for step in form.steps if step.field in given]

    def _told(self, step: Step, value: Any) -> dict[str, Any]:
        shown = answered.value(self.words, step, value, zone=self.zone, now=self.made)
        return {"field": step.field, "label": answered.label(self.words, step), "value": value, "shown": shown}

    def _answer(self, step: Step, given: Mapping[str, Any]) -> Any:
        match step.type:
            case "text":
                return self._text(step)
            case "choice" | "choices":
                chosen = self.chance.choice(_fitting(step, given)).id
                return [chosen] if step.type == "choices" else chosen
            case "phone":
                return self.who.phone
            case "email":
                return f"{(self.who.username or f'client{self.who.id}').replace('_', '.')}@example.com"
            case "number" | "money":
                return self._number(step)
            case "date" | "birthday":
                return self._birthday() if step.past or step.type == "birthday" else self._day().isoformat()
            case "time":
                return f"{self.chance.randint(10, 18)}:00"
            case "datetime":
                at = datetime.combine(self._day(), time(self.chance.randint(10, 17)))
                return zones.to_utc(at, self.zone).isoformat()
            case "location":
                return {"address": f"{self.card['city']}, {_STREETS[self.who.language]}"}
            case "yes_no":
                return self.chance.random() < 0.5
        return None

    def _text(self, step: Step) -> str | None:
        if step.field == "name":
            return self.who.name
        if step.field in self.card:
            return self.card[step.field]
        if step.field == "patient_name":
            female, male = _FAMILY[self.who.language]
            return f"{female if self.who.last_name.endswith(('а', 'я')) else male} {self.who.last_name}"
        if step.optional and self.chance.random() < 0.4:
            return None
        said = _SAID.get(step.field)
        if said is None:
            return None if step.optional else _ANYTHING[self.who.language]
        return self.chance.choice(said[self.who.language])

    def _number(self, step: Step) -> int:
        if step.field in _SUMS:
            return self.chance.choice(_SUMS[step.field])
        low = int(step.min or 1)
        return self.chance.randint(*_COUNTS.get(step.field, (low, max(low, min(int(step.max or low + 4), low + 4)))))

    def _birthday(self) -> str:
        """The card's own, with a year; a day of their own where the card has none."""
        known = self.card.get("birthday", "--05-12")
        return f"{self.chance.randint(1966, 2003)}{known[1:]}" if known.startswith("--") else known

    def _day(self) -> date:
        return (self.made.astimezone(self.zone) + timedelta(days=self.chance.randint(1, 6))).date()


def _fitting(step: Step, given: Mapping[str, Any]) -> list[Option]:
    """What makes sense after the answers before: a paediatrician sees children, and no grown-up is sent to one."""
    if "patient" not in given or step.option("paed") is None:
        return list(step.options)
    return [one for one in step.options if (one.id == "paed") == (given["patient"] == "child")]
