"""What must hold of scenarios and the messages they say: everything they name is there, and no way leads in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from crm import check_parts, placeholders, segments
from crm.check_parts import Mistake, Path
from crm.playbook import Playbook
from crm.playbook_scenarios import END, MessageButton, Saying, Scenario
from crm.playbook_types import Text
from crm.statuses import STATUSES

LONGEST_MESSAGE = 2500
"""Of Telegram's 4,096 characters the rest is left to the lines under an advertisement and to longer names."""


def mistakes(playbook: Playbook) -> Iterator[Mistake]:
    """Every mistake of `[[message]]`, `[[scenario]]` and booked visits."""
    for key, ids in (
        ("message", [one.id for one in playbook.messages]),
        ("scenario", [one.id for one in playbook.scenarios]),
    ):
        yield from _unique(ids, (key,), "id")
    for i, form in enumerate(playbook.forms):
        visits = [n for n, step in enumerate(form.steps) if step.visit]
        for n in visits:
            path: Path = ("form", i, "step", n, "visit")
            if form.steps[n].type != "datetime":
                yield Mistake(path, "a visit has a day and a time", 'type = "datetime"')
            if n != visits[0]:
                yield Mistake(path, "a form books one visit")
    for i, message in enumerate(playbook.messages):
        yield from _words(message.text, ("message", i, "text"))
        yield from _buttons(playbook, message.buttons, ("message", i, "button"))
    for i, scenario in enumerate(playbook.scenarios):
        yield from _scenario(playbook, scenario, ("scenario", i))


def _unique(ids: Iterable[str | None], path: Path, key: str) -> Iterator[Mistake]:
    seen: set[str] = set()
    for i, name in enumerate(ids):
        if name is not None and name in seen:
            yield Mistake((*path, i, key), f"{name!r} is already taken", "each needs a name of its own")
        seen.add(name or "")


def _scenario(playbook: Playbook, scenario: Scenario, path: Path) -> Iterator[Mistake]:
    yield from _trigger(playbook, scenario, (*path, "trigger"))
    for key in ("segment", "exit"):
        yield from _segment(playbook, getattr(scenario, key), (*path, key))
    if scenario.title is not None:
        yield from check_parts.title(scenario.title, (*path, "title"))
    if scenario.topic is not None:
        yield from _known(scenario.topic, [one.id for one in playbook.topics], (*path, "topic"), "topic")
    if not scenario.steps:
        yield from _saying(playbook, scenario, path)
        return
    if scenario.said or scenario.buttons:
        yield Mistake(
            path, "what is said stands either in the scenario or in its steps", "move it to [[scenario.step]]"
        )
    yield from _unique([step.id for step in scenario.steps], (*path, "step"), "id")
    for i, step in enumerate(scenario.steps):
        here = (*path, "step", i)
        yield from _saying(playbook, step, here)
        if step.next is None:
            continue
        later = {one.id for one in scenario.steps[i + 1 :] if one.id} | {END}
        for name in filter(None, (step.next.yes, step.next.no)):
            if name in later:
                continue
            earlier = name in {one.id for one in scenario.steps[: i + 1]}
            message = f"{name!r} is no later step" if earlier else f"no step is called {name!r}"
            hint = "a way only leads on" if earlier else check_parts.nearest(name, later)
            yield Mistake((*here, "next"), message, hint or f'an id of a later step, or "{END}"')


def _trigger(playbook: Playbook, scenario: Scenario, path: Path) -> Iterator[Mistake]:
    trigger = scenario.trigger
    if trigger.kind == "status":
        yield from _known(trigger.what, STATUSES, path, "status")
    elif trigger.kind in ("anniversary", "date"):
        days = [one.id for one in playbook.card_fields if one.type in ("date", "birthday")]
        yield from _known(trigger.what, days, path, "field of the card with a date")
    elif trigger.what and trigger.kind != "tag":
        yield from _known(trigger.what, [one.id for one in playbook.forms], path, "form")


def _saying(playbook: Playbook, saying: Saying, path: Path) -> Iterator[Mistake]:
    if len(saying.said) != 1:
        message = "it says nothing" if not saying.said else f"it says {' and '.join(saying.said)}: only one is possible"
        yield Mistake(path, message, 'text.en = "…", message = "…", variant = ["…", "…"] or survey = "…"')
    if saying.text is not None:
        yield from _words(saying.text, (*path, "text"))
    names = [one.id for one in playbook.messages]
    if saying.message is not None:
        yield from _known(saying.message, names, (*path, "message"), "message")
    for i, name in enumerate(saying.variant):
        yield from _known(name, names, (*path, "variant", i), "message")
    if saying.survey is not None:
        yield from _known(saying.survey, [one.id for one in playbook.surveys], (*path, "survey"), "survey")
        if saying.buttons:
            yield Mistake((*path, "button"), "a survey has its own buttons")
    yield from _buttons(playbook, saying.buttons, (*path, "button"))


def _buttons(playbook: Playbook, buttons: Iterable[MessageButton], path: Path) -> Iterator[Mistake]:
    for i, button in enumerate(buttons):
        if button.title is not None:
            yield from check_parts.title(button.title, (*path, i, "title"))
        if button.form is not None:
            yield from _known(button.form, [one.id for one in playbook.forms], (*path, i, "form"), "form")
        if button.promo is not None:
            yield from _known(button.promo, [one.code for one in playbook.promos], (*path, i, "promo"), "promo code")


def _words(text: Text, path: Path) -> Iterator[Mistake]:
    yield from check_parts.values_in(text, path, placeholders.ABOUT_PERSON)
    for language, said in text.root.items():
        if len(said) > LONGEST_MESSAGE:
            yield Mistake((*path, language), f"{len(said)} characters are too many: at most {LONGEST_MESSAGE}")


def _segment(playbook: Playbook, text: str | None, path: Path) -> Iterator[Mistake]:
    fields = segments.contact_fields(playbook)
    yield from check_parts.condition(lambda said: segments.parse(said, fields), text, path)


def _known(name: str, known: Iterable[str], path: Path, what: str) -> Iterator[Mistake]:
    names = sorted(known)
    if name not in names:
        hint = check_parts.nearest(name, names) or (f"known: {', '.join(names)}" if names else None)
        yield Mistake(path, f"no {what} is called {name!r}", hint)
