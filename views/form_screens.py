"""Screens of a form: its questions, its summary, its end, and the ways back to one that was left half-way.

A button carries `f:<filling>:<turn>:<what>`: one of an earlier question, or of an earlier filling of the same form,
is told from a button of now without a look at anything else.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from crm import placeholders
from crm.form_types import Answer, Prompt, Summary
from crm.playbook import Form, Step
from crm.playbook_types import Text
from crm.values import Refused
from locales import Words
from views import answered
from views.messages import Button, Key, Screen

BUTTON: Final = 56
"""Characters of a button: more would be cut by the person's screen anyway."""
SUMMARY: Final = 3000
"""Characters that the answers of a summary may take of Telegram's 4,096."""
SHORT: Final = 16
"""Options not longer than this stand two in a row."""

BY_BUTTONS: Final = ("choice", "choices", "consent", "yes_no")
"""Types of questions that buttons answer: they show all of them beside an answer there is already, which is marked."""

Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: in which words, what they and the business are called, whose clock, and which filling it is."""

    words: Words
    run: str
    name: str
    business: Text
    zone: ZoneInfo
    now: datetime

    def says(self, text: Text) -> str:
        """The owner's text as HTML in the reader's language."""
        language = self.words.language
        return placeholders.fill(text.say(language), {"name": self.name, "business": self.business.say(language)})


def question(reader: Reader, prompt: Prompt, *, lead: str = "") -> Screen:
    """One question. `lead` (HTML) comes before it: what was understood of the last answer, or why it is asked again."""
    step = prompt.step
    assert step is not None
    words = reader.words
    asked = reader.says(step.ask) if step.ask is not None else words(f"ask-{step.field}")
    # keys: ask-name ask-phone ask-email ask-birthday ask-city
    number = words("form-step", number=str(prompt.number), total=str(prompt.total))
    lines = [
        lead,
        f"<i>{number}</i>\n<b>{asked}</b>" if prompt.total > 1 else f"<b>{asked}</b>",
        "" if prompt.offer is not None and step.type not in BY_BUTTONS else _hint(reader, step),
        _offered(reader, step, prompt.offer),
        words("form-files", count=prompt.files) if prompt.files else "",
    ]
    text = "\n\n".join(line for line in lines if line)
    if prompt.keyboard is not None:
        placeholder = step.placeholder.say(words.language) if step.placeholder is not None else None
        return Screen(
            text, keys=_keys(words, prompt), placeholder=answered.cut(placeholder, 64) if placeholder else None
        )
    return Screen(text, buttons=(*_choices(reader, step, prompt), *_steering(reader, prompt)))


def gate(reader: Reader, prompt: Prompt, text: str, url: str | None, *, lead: str = "") -> Screen:
    """The question of consent, before the first personal one. `text` is what is agreed to, plain."""
    words = reader.words
    link = (Button(words.plain("consent-read"), url=url),) if url else ()
    answers = (
        Button(words.plain("consent-agree"), _data(reader, prompt.turn, "agree")),
        Button(words.plain("consent-decline"), _data(reader, prompt.turn, "decline")),
    )
    shown = html.escape(text, quote=False)
    body = "\n\n".join(line for line in (lead, shown, words("consent-without")) if line)
    rows = [*((one,) for one in answers), *((link,) if link else ()), *_steering(reader, prompt)]
    return Screen(body, buttons=tuple(rows))


def summary(reader: Reader, form: Form, said: Summary, *, lead: str = "") -> Screen:
    """Everything that was answered, to be sent, corrected or dropped."""
    words, turn = reader.words, said.turn
    # Each answer gets its share, so that fifty long ones still make one message.
    most, share = answered.room(len(said.lines), SUMMARY)
    rows = []
    edits: list[Button] = []
    for line in said.lines:
        label = answered.label(words, line.step)
        given = _value(reader, line.step, line.answer) if line.answer is not None else words.plain("answer-skipped")
        rows.append(words("form-line", label=answered.cut(label, most), value=answered.cut(given, share)))
        edits.append(
            Button(answered.cut(words.plain("form-edit", label=label), 30), _data(reader, turn, f"edit:{line.index}"))
        )
    text = [lead, f"<b>{html.escape(form.title.say(words.language), quote=False)}</b>", "\n".join(rows)]
    text.append(words("form-anonymous") if said.anonymous else words("form-check"))
    buttons: list[Row] = [(Button(words.plain("form-send"), _data(reader, turn, "confirm")),)]
    if said.anonymous:
        buttons.append((Button(words.plain("consent-agree"), _data(reader, turn, "agree")),))
    buttons += _paired(edits)
    buttons.append((Button(words.plain("form-cancel"), _data(reader, turn, "cancel")),))
    return Screen("\n\n".join(line for line in text if line), buttons=tuple(buttons))


def why(words: Words, reason: Refused) -> str:
    """Why a question is asked again, as HTML: what came, and what would do."""
    params = dict(reason.params)
    got = params.pop("got", None)
    said = words(f"reask-{reason.reason}", **params)
    # keys: reask-text-empty reask-text-short reask-text-long reask-name-letters reask-phone-invalid reask-email-invalid
    # keys: reask-email-typo reask-number-invalid reask-number-ambiguous reask-number-small reask-number-large
    # keys: reask-choice-unknown reask-choice-several reask-choices-few reask-choices-many reask-date-unknown
    # keys: reask-date-past reask-date-future reask-date-impossible reask-date-range reask-date-doubt reask-date-year
    # keys: reask-date-closed
    # keys: reask-time-missing reask-date-missing reask-files-few reask-files-many reask-location-invalid
    # keys: reask-consent-choose reask-consent-needed reask-summary-choose reask-not-optional reask-no-back
    # keys: reask-no-offer reask-choose-button reask-expected-text reask-expected-phone reask-expected-email
    # keys: reask-expected-choice reask-expected-choices reask-expected-number reask-expected-date reask-expected-time
    # keys: reask-expected-datetime reask-expected-file reask-expected-location reask-expected-consent
    # keys: reask-expected-money reask-expected-birthday reask-expected-yes-no
    if got is None or got == "text":
        return said
    came = words("form-got", kind=str(got))
    return f"{came} {said}"


def understood(reader: Reader, accepted: tuple[Step, Answer]) -> str:
    """What was understood of an answer, as HTML; nothing for free words, which need no understanding."""
    step, answer = accepted
    if step.type in ("text", "consent"):
        return ""
    given = answered.cut(_value(reader, step, answer), 200)
    return reader.words("form-understood", label=answered.cut(answered.label(reader.words, step), 60), value=given)


def keyboard_gone(words: Words, said: str) -> Screen:
    """Takes the key that shared a phone or a place away; Telegram takes keys away only with a message."""
    return Screen(said or words("form-onward"), keys=())


def thanks(reader: Reader, form: Form, number: int) -> Screen:
    """The end: the request's number, and where to see what becomes of it."""
    words = reader.words
    if form.thanks is not None:
        values = {
            "name": reader.name,
            "business": reader.business.say(words.language),
            "number": str(number),
            "form": form.title.say(words.language),
        }
        text = placeholders.fill(form.thanks.say(words.language), values)
    else:
        text = words("form-thanks", number=str(number))
    return Screen(text, buttons=((Button(words.plain("requests-mine"), "rq"),),))


def put_aside(words: Words) -> Screen:
    """After a cancel: nothing was sent, and nothing typed is lost."""
    return Screen(words("form-put-aside"), keys=())


def unfinished(words: Words, form: Form, number: int, total: int) -> Screen:
    """A form left half-way, offered again. Without a number it stands at its summary."""
    title = form.title.say(words.language)
    if number:
        text = words("form-unfinished", form=title, number=number, total=total)
    else:
        text = words("form-unfinished-end", form=title)
    return Screen(text, buttons=((_continue(words), Button(words.plain("form-anew"), f"anew:{form.id}")),))


def stopped(words: Words, form: Form, number: int, total: int) -> Screen:
    """After an answer to something else in mid-form: where the form stands."""
    title = form.title.say(words.language)
    if number:
        text = words("form-stopped", form=title, number=number, total=total)
    else:
        text = words("form-stopped-end", form=title)
    return Screen(text, buttons=((_continue(words),),))


def nudge(words: Words, form: Form, *, name: str, business: Text) -> Screen:
    """The one reminder of a form that was left: a kind line, a way on and a way out."""
    if form.nudge is not None:
        values = {"name": name, "business": business.say(words.language)}
        text = placeholders.fill(form.nudge.say(words.language), values)
    else:
        text = words("form-nudge", form=form.title.say(words.language))
    return Screen(text, buttons=((_continue(words), Button(words.plain("form-later"), "later")),))


def let_go(words: Words) -> Screen:
    """The nudge, after "not now"."""
    return Screen(words("form-let-go"))


def gone(words: Words) -> Screen:
    """The form in progress is no longer offered by the business, and its version cannot be read."""
    return Screen(words("form-gone"), keys=())


# --- parts ---


def _data(reader: Reader, turn: int, what: str) -> str:
    return f"f:{reader.run}:{turn}:{what}"


def _continue(words: Words) -> Button:
    return Button(words.plain("form-continue"), "go")


def _value(reader: Reader, step: Step, answer: Answer) -> str:
    return answered.value(reader.words, step, answer.value, zone=reader.zone, now=reader.now)


def _hint(reader: Reader, step: Step) -> str:
    if step.hint is not None:
        return reader.says(step.hint)
    if step.type in ("date", "birthday", "time", "datetime", "file", "location", "choices") and not (
        step.type == "date" and step.past
    ):
        return reader.words(f"hint-{step.type}")
        # keys: hint-date hint-birthday hint-time hint-datetime hint-file hint-location hint-choices
    return ""


def _offered(reader: Reader, step: Step, offer: Answer | None) -> str:
    if offer is None or step.type == "choices":
        return ""
    # keys: form-offer form-chosen
    key = "form-chosen" if step.type in BY_BUTTONS else "form-offer"
    return reader.words(key, value=answered.cut(_value(reader, step, offer), 500))


def _choices(reader: Reader, step: Step, prompt: Prompt) -> Sequence[Row]:
    """The buttons that answer."""
    words, turn = reader.words, prompt.turn
    if prompt.doubts:
        return [
            (Button(answered.cut(_doubt(reader, step, one), BUTTON), _data(reader, turn, f"o:{place}")),)
            for place, one in enumerate(prompt.doubts)
        ]
    if prompt.offer is not None and step.type not in BY_BUTTONS:
        keep = Button(words.plain("form-keep"), _data(reader, turn, "keep"))
        return [(keep, Button(words.plain("form-change"), _data(reader, turn, "change")))]
    if step.type == "choice":
        titles = [(option.id, option.title.say(words.language)) for option in prompt.options]
        buttons = [
            Button(answered.cut(_marked(prompt, one, title), BUTTON), _data(reader, turn, f"o:{one}"))
            for one, title in titles
        ]
        return _paired(buttons) if all(len(title) <= SHORT for _, title in titles) else [(one,) for one in buttons]
    if step.type == "choices":
        rows: list[Row] = []
        for option in prompt.options:
            mark = "✅" if option.id in prompt.selected else "▫️"
            title = answered.cut(f"{mark} {option.title.say(words.language)}", BUTTON)
            rows.append((Button(title, _data(reader, turn, f"o:{option.id}")),))
        return [*rows, (Button(words.plain("form-done"), _data(reader, turn, "done")),)]
    if step.type in ("consent", "yes_no"):
        agree = Button(_marked(prompt, True, words.plain("answer-yes")), _data(reader, turn, "agree"))
        return [(agree, Button(_marked(prompt, False, words.plain("answer-no")), _data(reader, turn, "decline")))]
    if prompt.can_done:
        return [(Button(words.plain("form-done"), _data(reader, turn, "done")),)]
    return []


def _marked(prompt: Prompt, value: object, title: str) -> str:
    """What a button says: the answer that is kept already is marked, and pressed again it is kept."""
    return f"✅ {title}" if prompt.offer is not None and prompt.offer.value == value else title


def _doubt(reader: Reader, step: Step, one: object) -> str:
    if step.type == "datetime":
        return answered.moment(reader.words, str(one), zone=reader.zone, now=reader.now)
    return answered.value(reader.words, step, one, zone=reader.zone, now=reader.now)


def _steering(reader: Reader, prompt: Prompt) -> Sequence[Row]:
    """Back, skip, cancel: the same on every question."""
    words, turn = reader.words, prompt.turn
    buttons = []
    if prompt.can_back:
        buttons.append(Button("‹ " + words.plain("form-back"), _data(reader, turn, "back")))
    if prompt.can_skip:
        buttons.append(Button(words.plain("form-skip") + " ›", _data(reader, turn, "skip")))
    buttons.append(Button(words.plain("form-cancel"), _data(reader, turn, "cancel")))
    return [tuple(buttons)]


def _keys(words: Words, prompt: Prompt) -> tuple[tuple[Key, ...], ...]:
    """Keys in place of the letters. What is not shared comes as its words, which crm.replies knows."""
    if prompt.keyboard == "contact":
        share = Key(words.plain("form-share-phone"), "contact")
    else:
        share = Key(words.plain("form-share-place"), "location")
    rest = []
    if prompt.can_back:
        rest.append(Key(words.plain("form-back")))
    if prompt.can_skip:
        rest.append(Key(words.plain("form-skip")))
    rest.append(Key(words.plain("form-cancel")))
    return ((share,), tuple(rest))


def _paired(buttons: Sequence[Button]) -> list[Row]:
    return [tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2)]
