"""What must hold within a form: questions that can be asked, branches that look back, texts that fit a message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from crm import check_parts, form_branches, placeholders
from crm.check_parts import Mistake, Path
from crm.playbook import CONTACT_FIELDS, STANDARD_PIPELINE, Form, Playbook, Step
from crm.segment_tree import SegmentError

PLACEHOLDER: Final = 64
"""Telegram's limit of input_field_placeholder."""
HINT: Final = 500
QUESTION: Final = 3800
"""Of Telegram's 4,096 characters, 296 are left to the step's number and to the words of a re-ask."""
LIMITS: Final = {"text": (1, 2000), "choices": (0, check_parts.OPTIONS), "file": (1, 30)}
"""What `min` and `max` may be, by type; of a number they may be anything."""


def form(playbook: Playbook, form: Form, path: Path) -> Iterator[Mistake]:
    """Every mistake of one form."""
    yield from check_parts.title(form.title, (*path, "title"))
    known = {STANDARD_PIPELINE, *(pipeline.id for pipeline in playbook.pipelines)}
    if form.pipeline not in known:
        yield Mistake(
            (*path, "pipeline"), f"no pipeline is called {form.pipeline!r}", check_parts.nearest(form.pipeline, known)
        )
    if form.nudge is not None and form.nudge_after is None:
        yield Mistake((*path, "nudge"), "it is never said: nudge_after is missing", 'add nudge_after = "2h"')
    yield from check_parts.values_in(form.nudge, (*path, "nudge"), placeholders.ABOUT_PERSON | {"form"})
    yield from check_parts.values_in(form.thanks, (*path, "thanks"), placeholders.ABOUT_REQUEST)
    whole = playbook.form(form.id)
    # Of two forms with one id the second is a mistake already; its steps are checked as they are written.
    completed = whole.steps if whole is not None and len(whole.steps) == len(form.steps) else form.steps
    yield from steps(playbook, form, completed, path)


def steps(playbook: Playbook, form: Form, completed: Sequence[Step], path: Path) -> Iterator[Mistake]:
    """The questions of a form or of a survey; `completed` are the same with what they take over from the card."""
    yield from check_parts.unique((((*path, "step", i), step.field) for i, step in enumerate(form.steps)), "field")
    for i, step in enumerate(completed):
        here = (*path, "step", i)
        yield from _step(playbook, step, here)
        if step.when is not None:
            yield from _branch(form, i, (*here, "when"))


def _step(playbook: Playbook, step: Step, path: Path) -> Iterator[Mistake]:
    own = playbook.field(step.field)
    expected = CONTACT_FIELDS.get(step.field) or (own.type if own else None)
    # A birthday may be asked as a date that has been, when its year matters.
    if expected is not None and step.type != expected and (step.type, expected) != ("date", "birthday"):
        yield Mistake(
            (*path, "type"), f"the field {step.field!r} of the card is of type {expected}", f'type = "{expected}"'
        )
    yield from check_parts.reserved(step.field, (*path, "field"))
    if step.ask is None and step.field not in CONTACT_FIELDS:
        yield Mistake((*path, "ask"), "the question is missing", f'add ask.{playbook.business.language} = "…"')
    if own is None or step.options != own.options:
        yield from check_parts.choices(step.type, step.options, path)
    yield from _bounds(step, path)
    if step.past and step.type != "date":
        yield Mistake((*path, "past"), "only a date can be one that has been", 'type = "date"')
    if not step.multiple and step.type != "file":
        yield Mistake(
            (*path, "multiple"), "only a file question takes several", 'for several options, type = "choices"'
        )
    yield from check_parts.title(step.title, (*path, "title"))
    yield from check_parts.values_in(step.ask, (*path, "ask"), placeholders.ABOUT_PERSON)
    yield from check_parts.values_in(step.hint, (*path, "hint"), placeholders.ABOUT_PERSON)
    yield from check_parts.values_in(step.placeholder, (*path, "placeholder"), frozenset())
    for key, limit in (("hint", HINT), ("placeholder", PLACEHOLDER)):
        for language, said in check_parts.by_language(getattr(step, key)):
            if len(said) > limit:
                yield Mistake((*path, key, language), f"{len(said)} characters are too many: at most {limit}")
    for language, said in check_parts.by_language(step.ask):
        others = len(step.hint.say(language)) if step.hint else 0
        whole = len(said) + others + sum(len(option.title.say(language)) for option in step.options)
        if whole > QUESTION:
            message = f"with its hint and buttons the question has {whole} characters: at most {QUESTION} fit a message"
            yield Mistake((*path, "ask", language), message)


def _bounds(step: Step, path: Path) -> Iterator[Mistake]:
    for key, value in (("min", step.min), ("max", step.max)):
        if value is None or step.type in ("number", "money"):
            continue
        limits = LIMITS.get(step.type)
        if limits is None:
            yield Mistake(
                (*path, key),
                f"a question of type {step.type} has no {key}",
                "text, number, money, choices and file have",
            )
            continue
        low, high = limits if step.type != "choices" else (0, len(step.options))
        if not low <= value <= high or value != int(value):
            yield Mistake((*path, key), f"{key} of {step.type} is a whole number from {low} to {high}")
    if step.min is not None and step.max is not None and step.min > step.max:
        yield Mistake((*path, "min"), "min is more than max: no answer would do")


def _branch(form: Form, index: int, path: Path) -> Iterator[Mistake]:
    step = form.steps[index]
    try:
        form_branches.parse(step.when or "", form.steps[:index])
    except SegmentError as error:
        later = next((one for one in form.steps[index:] if error.piece.split(":")[0].strip("-+") == one.field), None)
        if error.reason == "unknown-field" and later is not None:
            message = f"{step.when!r} asks about {later.field!r}, which is asked later"
            yield Mistake(path, message, f"move the step {later.field!r} before this one")
        else:
            yield check_parts.segment_mistake(error, path)
