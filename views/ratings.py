"""Screens of a survey: the question with its scale, what becomes of it once it is answered, and what the team hears."""

from __future__ import annotations

from typing import Final

from crm import placeholders
from crm.playbook import Survey
from locales import Words
from views import answered, staff_writing
from views.messages import Button, Screen
from views.staff_names import Reader, Who, escaped, heading

STARS: Final = 5
QUOTE: Final = 2000

Row = tuple[Button, ...]


def asked(words: Words, survey: Survey, *, key: str, name: str | None, business: str) -> Screen:
    """The question, and its scores as buttons. `key` is the survey's to this person."""
    text = placeholders.fill(survey.ask.say(words.language), {"name": name or "", "business": business})
    return Screen(text, scale(survey.kind, key))


def scale(kind: str, key: str) -> tuple[Row, ...]:
    """One to five stars in a row, or nought to ten in two."""
    if kind == "csat":
        return (tuple(Button(f"{score} ⭐", f"rate:{key}:{score}") for score in range(1, STARS + 1)),)
    buttons = [Button(str(score), f"rate:{key}:{score}") for score in range(11)]
    return (tuple(buttons[:6]), tuple(buttons[6:]))


def again(words: Words, kind: str, key: str) -> Screen:
    """The scale once more, after "change my mind"."""
    return Screen(words("survey-again"), scale(kind, key))


def rated(
    words: Words,
    survey: Survey | None,
    *,
    kind: str,
    key: str,
    score: int,
    business: str,
    question: str | None = None,
    listening: bool = False,
    comment: bool = False,
) -> Screen:
    """The survey's message once there is a score. `listening`: the next message is taken for the comment, which
    `question` (the owner's, plain) asks for. `comment`: there is one."""
    lines = [f"<b>{shown(words, kind, score)}</b>"]
    # The owner's question comes of what was wrong: cheerful thanks before it would not have listened.
    if not (listening and question):
        if survey is not None and survey.thanks is not None:
            lines.append(placeholders.fill(survey.thanks.say(words.language), {"business": business}))
        else:
            lines.append(words("survey-thanks"))
    if listening:
        lines += ["", f"💬 {escaped(question) if question else words('survey-why')}"]
    change = Button(words.plain("survey-change"), f"rerate:{key}")
    if listening:
        return Screen("\n".join(lines), ((Button(words.plain("survey-skip"), f"nowords:{key}"),), (change,)))
    if comment:
        return Screen("\n".join(lines), ((change,),))
    return Screen("\n".join(lines), ((Button(words.plain("survey-add"), f"inwords:{key}"),), (change,)))


def thanked(words: Words) -> Screen:
    """Nothing was added."""
    return Screen(words("survey-thanks"))


def heard(words: Words) -> Screen:
    """The comment has arrived."""
    return Screen(words("survey-heard"))


def shown(words: Words, kind: str, score: int) -> str:
    """A score in words: «★★☆☆☆ 2 из 5»."""
    if kind == "csat":
        stars = "★" * score + "☆" * (STARS - score)
        return f"{stars} {words('survey-score', score=score, most=STARS)}"
    return words("survey-score", score=score, most=10)


# --- what the team hears ---


def low(reader: Reader, who: Who, *, kind: str, score: int, request_id: int | None) -> Screen:
    """A low score, with the ways to make it good."""
    words = reader.words
    lines = [
        f"⚠️ <b>{words('survey-low')}</b> {shown(words, kind, score)}",
        heading(words, who),
    ]
    if request_id is not None:
        lines.append(words("request-number", number=str(request_id)))
    return Screen("\n".join(lines), staff_writing.buttons(words, who.id), protect=True)


def explained(reader: Reader, who: Who, *, kind: str, score: int, text: str | None) -> Screen:
    """What a person added to their score. `text` is None where the message itself is copied below."""
    words = reader.words
    lines = [f"💬 {heading(words, who)}", f"{words('survey-explains')} {shown(words, kind, score)}"]
    lines.append(f"<blockquote>{escaped(answered.cut(text, QUOTE))}</blockquote>" if text else words("wrote-below"))
    return Screen("\n".join(lines), staff_writing.buttons(words, who.id), protect=True)


def task(words: Words, *, kind: str, score: int) -> str:
    """What a manager is to do about a low score. Plain."""
    return words.plain("survey-task", score=score, most=STARS if kind == "csat" else 10)
