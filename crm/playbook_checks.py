"""What must hold between the parts of a playbook: one id one thing, branches that look back, texts that fit.

Pure: mistakes are values with the path of the key, in English, because they are for whoever edits the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from crm import folding, form_branches, placeholders, profile, segments
from crm.playbook import (
    CONTACT_FIELDS,
    STANDARD_PIPELINE,
    CardField,
    Form,
    Option,
    Playbook,
    Step,
    Survey,
)
from crm.playbook_types import Text
from crm.segment_tree import SegmentError

Path = tuple[str | int, ...]

BUTTON: Final = 64
"""A title is a button: longer ones are cut by Telegram's clients."""
PLACEHOLDER: Final = 64
"""Telegram's limit of input_field_placeholder."""
HINT: Final = 500
QUESTION: Final = 3800
"""Of Telegram's 4,096 characters, 296 are left to the step's number and to the words of a re-ask."""
OPTIONS: Final = 50
"""A keyboard holds 100 buttons; half of them is already more than anybody reads."""
LIMITS: Final = {"text": (1, 2000), "choices": (0, OPTIONS), "file": (1, 30)}
"""What `min` and `max` may be, by type; of a number they may be anything."""

WHY: Final = {
    "unknown-field": "no such field",
    "unknown-option": "no such option",
    "unknown-unit": "no such unit of time (h d w m y)",
    "no-value": "a value is missing",
    "not-a-number": "a number is expected",
    "not-a-time": 'a time is expected, such as ">90d"',
    "not-yes-or-no": "yes or no is expected",
    "not-digits": "digits are expected",
    "not-comparable": "these values have no order: < and > cannot be used",
    "needs-comparison": 'it is compared with > or <, such as ">90d"',
    "one-value": "only one value can be given here",
    "empty-range": "the range is empty: its end is before its beginning",
    "free-words": "words without a field cannot be used here",
    "nothing-to-find": "nothing to find",
    "unclosed-quote": "a quote is not closed",
    "unclosed-bracket": "a bracket is not closed",
    "extra-bracket": "a bracket is closed that was not opened",
    "empty-bracket": "nothing is in the brackets",
    "dangling-or": "something is missing beside OR",
    "too-long": "the condition is too long",
    "too-deep": "there are too many brackets within brackets",
    "not-a-birthday": 'a birthday is expected, such as "today", "next-7d", "03-08" or "march"',
    "unknown-segment": "no saved segment can be named here",
    "segment-cycle": "a segment cannot contain itself",
    "broken-segment": "the saved segment can no longer be read",
}
"""The reasons of the segment language (`crm.segment_tree.REASONS`) as the owner reads them."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to put right: where (the path of the key), what, and what to write instead."""

    path: Path
    message: str
    suggestion: str | None = None


def mistakes(playbook: Playbook) -> Iterator[Mistake]:
    """Every mistake of a playbook whose shape is right."""
    yield from _business(playbook)
    yield from _life_cycle(playbook)
    yield from _unique((("field", i), field.id) for i, field in enumerate(playbook.fields))
    yield from _unique((("pipeline", i), one.id) for i, one in enumerate(playbook.pipelines))
    yield from _unique((("form", i), form.id) for i, form in enumerate(playbook.forms))
    yield from _unique((("survey", i), survey.id) for i, survey in enumerate(playbook.surveys))
    for i, field in enumerate(playbook.fields):
        yield from _card_field(field, ("field", i))
    yield from _options(playbook.levels, ("level",))
    for i, pipeline in enumerate(playbook.pipelines):
        yield from _options(pipeline.lost_reasons, ("pipeline", i, "lost_reason"))
        yield from _title(pipeline.title, ("pipeline", i, "title"))
    for i, form in enumerate(playbook.forms):
        yield from _form(playbook, form, ("form", i))
    for i, survey in enumerate(playbook.surveys):
        yield from _survey(playbook, survey, ("survey", i))
    for i, tier in enumerate(playbook.loyalty.tiers if playbook.loyalty is not None else ()):
        yield from _title(tier.title, ("loyalty", "level", i, "title"))
    for key in ("greeting", "about", "privacy"):
        yield from _placeholders(getattr(playbook.texts, key), ("texts", key), placeholders.ABOUT_PERSON)


def _business(playbook: Playbook) -> Iterator[Mistake]:
    business = playbook.business
    if len(set(business.languages)) < len(business.languages):
        yield Mistake(("business", "languages"), "a language is named twice")
    if business.timezone is not None and not _is_zone(business.timezone):
        yield Mistake(
            ("business", "timezone"), f"no time zone is called {business.timezone!r}", "Europe/Kyiv, for example"
        )
    for i, region in enumerate(business.phone_regions):
        if region not in _REGIONS and not _has_phones(region):
            suggestion = "UA for Ukraine, GB for the United Kingdom: the code of ISO 3166"
            yield Mistake(("business", "phone_regions", i), f"no country has the code {region!r}", suggestion)
    for key in ("name", "consent"):
        yield from _placeholders(
            getattr(business, key), ("business", key), frozenset() if key == "name" else {"business"}
        )


def _life_cycle(playbook: Playbook) -> Iterator[Mistake]:
    rules = playbook.life_cycle
    if rules.repeat <= rules.active:
        yield Mistake(("life_cycle", "repeat"), "repeat is not more than active: nobody would be active")
    if rules.gone_after <= rules.sleeping_after:
        message = "gone_after is not more than sleeping_after: nobody would be sleeping"
        yield Mistake(("life_cycle", "gone_after"), message)


_REGIONS: Final = frozenset({"UA", "RU", "BY", "KZ", "MD", "GE", "PL", "DE", "CZ", "GB", "US"})
"""Right without asking the library of phone numbers, whose import is a tenth of what a check may cost."""


def _has_phones(region: str) -> bool:
    import phonenumbers  # here: see _REGIONS

    return region in phonenumbers.SUPPORTED_REGIONS


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError):
        # ZoneInfoNotFoundError is a KeyError; a name such as ".." or "Europe" is one of these.
        return False
    except KeyError:
        return False
    return True


def _unique(named: Iterable[tuple[Path, str]], key: str = "id") -> Iterator[Mistake]:
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            yield Mistake((*path, key), f"{name!r} is already taken", "each needs a name of its own")
        seen.add(name)


def _card_field(field: CardField, path: Path) -> Iterator[Mistake]:
    if field.id in CONTACT_FIELDS:
        yield Mistake(
            (*path, "id"), f"{field.id!r} is a field every contact has", "leave it out: it need not be declared"
        )
    yield from _reserved(field.id, (*path, "id"))
    if field.type in ("file", "consent"):
        yield Mistake((*path, "type"), f"a card has no fields of type {field.type}")
    if field.id == profile.BIRTHDAY and "type" in field.model_fields_set and field.type not in ("birthday", "date"):
        yield Mistake((*path, "type"), "a birthday is a day of the year", 'type = "birthday"')
    if not field.is_seen_by(field.edit):
        yield Mistake((*path, "edit"), f"a {field.edit} cannot change what only the {field.see} sees", 'edit = "owner"')
    yield from _title(field.title, (*path, "title"))
    whole = profile.overridden(field)
    yield from _choices(whole.type, whole.options, path)


def _reserved(name: str, path: Path) -> Iterator[Mistake]:
    if name in form_branches.CONTACT_WORDS:
        yield Mistake(path, f"{name!r} already means something in conditions", f"{name}_2, for example")


def _choices(kind: str, options: tuple[Option, ...], path: Path) -> Iterator[Mistake]:
    if kind in ("choice", "choices") and not options:
        yield Mistake(path, f"a {kind} needs options", "add [[….option]] with an id and a title for each button")
    if kind not in ("choice", "choices") and options:
        yield Mistake((*path, "option"), f"a question of type {kind} has no options", 'type = "choice"')
    yield from _options(options, (*path, "option"))


def _options(options: tuple[Option, ...], path: Path) -> Iterator[Mistake]:
    if len(options) > OPTIONS:
        yield Mistake(path, f"{len(options)} options are too many for a keyboard: at most {OPTIONS}")
    yield from _unique(((*path, i), option.id) for i, option in enumerate(options))
    seen: dict[str, str] = {}
    for i, option in enumerate(options):
        yield from _title(option.title, (*path, i, "title"))
        for title in option.title.every():
            key = folding.fold(title)
            if seen.setdefault(key, option.id) != option.id:
                yield Mistake((*path, i, "title"), f"{title!r} is already the title of option {seen[key]!r}")
                break


def _title(text: Text | None, path: Path) -> Iterator[Mistake]:
    for language, said in _by_language(text):
        if len(said) > BUTTON:
            yield Mistake((*path, language), f"{len(said)} characters do not fit a button: at most {BUTTON}")
        if "\n" in said:
            yield Mistake((*path, language), "a title is one line")
    yield from _placeholders(text, path, frozenset())


def _by_language(text: Text | None) -> Iterable[tuple[str, str]]:
    return text.root.items() if text is not None else ()


def _placeholders(text: Text | None, path: Path, allowed: Iterable[str]) -> Iterator[Mistake]:
    known = sorted(allowed)
    for language, said in _by_language(text):
        for name in placeholders.names(said):
            if name not in known:
                here = ", ".join(f"{{{one}}}" for one in known) or "none"
                yield Mistake((*path, language), f"{{{name}}} means nothing here", f"known here: {here}")
        if placeholders.stray_brace(said):
            yield Mistake((*path, language), "a brace stands alone", "braces are for values such as {name}")


def _form(playbook: Playbook, form: Form, path: Path) -> Iterator[Mistake]:
    yield from _title(form.title, (*path, "title"))
    known = {STANDARD_PIPELINE, *(pipeline.id for pipeline in playbook.pipelines)}
    if form.pipeline not in known:
        yield Mistake((*path, "pipeline"), f"no pipeline is called {form.pipeline!r}", nearest(form.pipeline, known))
    if form.nudge is not None and form.nudge_after is None:
        yield Mistake((*path, "nudge"), "it is never said: nudge_after is missing", 'add nudge_after = "2h"')
    yield from _placeholders(form.nudge, (*path, "nudge"), placeholders.ABOUT_PERSON | {"form"})
    yield from _placeholders(form.thanks, (*path, "thanks"), placeholders.ABOUT_REQUEST)
    yield from _unique((((*path, "step", i), step.field) for i, step in enumerate(form.steps)), "field")
    whole = playbook.form(form.id)
    # Of two forms with one id the second is a mistake already; its steps are checked as they are written.
    completed = whole.steps if whole is not None and len(whole.steps) == len(form.steps) else form.steps
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
    yield from _reserved(step.field, (*path, "field"))
    if step.ask is None and step.field not in CONTACT_FIELDS:
        yield Mistake((*path, "ask"), "the question is missing", f'add ask.{playbook.business.language} = "…"')
    if own is None or step.options != own.options:
        yield from _choices(step.type, step.options, path)
    yield from _bounds(step, path)
    if step.past and step.type != "date":
        yield Mistake((*path, "past"), "only a date can be one that has been", 'type = "date"')
    if not step.multiple and step.type != "file":
        yield Mistake(
            (*path, "multiple"), "only a file question takes several", 'for several options, type = "choices"'
        )
    yield from _title(step.title, (*path, "title"))
    yield from _placeholders(step.ask, (*path, "ask"), placeholders.ABOUT_PERSON)
    yield from _placeholders(step.hint, (*path, "hint"), placeholders.ABOUT_PERSON)
    yield from _placeholders(step.placeholder, (*path, "placeholder"), frozenset())
    for key, limit in (("hint", HINT), ("placeholder", PLACEHOLDER)):
        for language, said in _by_language(getattr(step, key)):
            if len(said) > limit:
                yield Mistake((*path, key, language), f"{len(said)} characters are too many: at most {limit}")
    for language, said in _by_language(step.ask):
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
            yield _segment_mistake(error, path)


def _segment_mistake(error: SegmentError, path: Path) -> Mistake:
    meant = f"did you mean {error.suggestion!r}?" if error.suggestion else None
    near = f", at {error.piece!r} (character {error.position + 1})" if error.piece else ""
    return Mistake(path, f"{error.text!r}: {WHY.get(error.reason, error.reason)}{near}", meant)


def _condition(parse: Callable[[str], object], text: str | None, path: Path) -> Iterator[Mistake]:
    if text is None:
        return
    try:
        parse(text)
    except SegmentError as error:
        yield _segment_mistake(error, path)


def _survey(playbook: Playbook, survey: Survey, path: Path) -> Iterator[Mistake]:
    if (survey.after is None) == (survey.at is None):
        suggestion = 'after = "request_done + 2h", or at = "quarterly"'
        yield Mistake(path, "a survey needs either `after` or `at`, and not both", suggestion)
    if survey.low is not None and survey.low not in survey.scores:
        scores = survey.scores
        yield Mistake((*path, "low"), f"scores of {survey.kind} go from {scores[0]} to {scores[-1]}")
    if survey.segment is not None:
        fields = segments.contact_fields(playbook)
        yield from _condition(lambda text: segments.parse(text, fields), survey.segment, (*path, "segment"))
    yield from _condition(form_branches.parse_score, survey.followup.when, (*path, "followup", "when"))
    if survey.followup.when is not None and survey.followup.ask is None and not survey.followup.alert:
        yield Mistake((*path, "followup"), "nothing follows: neither ask nor alert is given", "alert = true")
    allowed = placeholders.ABOUT_REQUEST if survey.after is not None else placeholders.ABOUT_PERSON
    yield from _placeholders(survey.ask, (*path, "ask"), allowed)
    yield from _placeholders(survey.followup.ask, (*path, "followup", "ask"), allowed)
    yield from _placeholders(survey.thanks, (*path, "thanks"), allowed)


def similar(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant; of two as near, the one that begins or ends alike."""
    from rapidfuzz import fuzz, process  # here: only a mistake needs it
    from rapidfuzz.distance import Postfix, Prefix

    near = process.extract(name, sorted(known), scorer=fuzz.ratio, score_cutoff=60, limit=None)
    best = max(
        near, key=lambda one: (one[1], Prefix.similarity(name, one[0]) + Postfix.similarity(name, one[0])), default=None
    )
    return str(best[0]) if best else None


def nearest(name: str, known: Iterable[str]) -> str | None:
    """A question whether that name was meant."""
    found = similar(name, known)
    return f"did you mean {found!r}?" if found else None
