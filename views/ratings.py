"""Screens of a survey: the question with its scale, what becomes of it once it is answered, and what the team hears."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote

from crm import placeholders
from crm.playbook import Survey
from crm.playbook_surveys import SCALES
from locales import Words
from views import answered, staff_writing
from views.messages import Button, Poll, Screen
from views.staff_names import Reader, Who, escaped, heading

QUOTE: Final = 2000
POLL_QUESTION: Final = 300

Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """What a promoter is asked for: a `review` where all can read it, or a word to a `friend`."""

    what: Literal["review", "friend"]
    url: str


def asked(
    words: Words, survey: Survey, *, key: str, values: Mapping[str, str], again: bool = False, about: str = ""
) -> Screen:
    """The question, and its scores as buttons. `key` is the survey's to this person; `again`: it is a reminder; `about`
    (HTML) names the request, where several are asked about."""
    if survey.shown_as == "poll":
        question = html.unescape(
            "\n".join(filter(None, (about, placeholders.fill(survey.ask.say(words.language), values))))
        )
        return Screen(poll=Poll(answered.cut(question, POLL_QUESTION), poll_options(survey.kind)))
    lines = [words("survey-reminder")] if again else []
    if about:
        lines.append(about)
    lines.append(placeholders.fill(survey.ask.say(words.language), values))
    if survey.anonymous:
        lines.append(f"<i>{words('survey-anonymous')}</i>")
    return Screen("\n\n".join(lines), start(words, key) if survey.kind == "own" else scale(survey.kind, key))


def about(words: Words, *, title: str, number: int, day: str) -> str:
    """Which request is asked about. HTML without tags, for a poll has none."""
    return words("survey-about", title=answered.cut(title, 80), number=str(number), day=day)


def poll_options(kind: str) -> tuple[str, ...]:
    """What can be chosen in a poll, in the order of the scores."""
    stars = max(SCALES["csat"])
    return tuple("★" * score + "☆" * (stars - score) if kind == "csat" else str(score) for score in SCALES[kind])


def start(words: Words, key: str) -> tuple[Row, ...]:
    """The way into the owner's own questions, and past them."""
    return (
        (Button(words.plain("survey-begin"), f"svgo:{key}"),),
        (Button(words.plain("survey-not-now"), f"svno:{key}"),),
    )


def scale(kind: str, key: str) -> tuple[Row, ...]:
    """One to five stars in a row, one to seven, or nought to ten in two."""
    if kind == "csat":
        return (tuple(Button(f"{score} ⭐", f"rate:{key}:{score}") for score in SCALES[kind]),)
    buttons = [Button(str(score), f"rate:{key}:{score}") for score in SCALES.get(kind, ())]
    return (tuple(buttons),) if len(buttons) < 8 else (tuple(buttons[:6]), tuple(buttons[6:]))


def again(words: Words, kind: str, key: str) -> Screen:
    """The scale once more, after "change my mind"."""
    return Screen(words("survey-again"), scale(kind, key))


def rated(
    words: Words,
    survey: Survey | None,
    *,
    kind: str,
    key: str,
    score: int | None,
    most: int,
    business: str,
    question: str | None = None,
    listening: bool = False,
    comment: bool = False,
    links: Sequence[Link] = (),
) -> Screen:
    """The survey's message once there is a score; None of an anonymous one, which is shown nowhere beside a person and
    cannot be changed: nobody knows any more which it was. `listening`: the next message is taken for the comment, which
    `question` (the owner's, plain) asks for. `comment`: there is one."""
    lines = [f"<b>{shown(words, kind, score, most)}</b>"] if score is not None else []
    # The owner's question comes of what was wrong: cheerful thanks before it would not have listened.
    if not (listening and question):
        lines.append(thanks(words, survey, score=score, business=business))
    if links:
        lines += ["", words("survey-links")]
    if listening:
        lines += ["", f"💬 {escaped(question) if question else words('survey-why')}"]
    rows = link_rows(words, links, business=business)
    if listening:
        rows.append((Button(words.plain("survey-skip"), f"nowords:{key}"),))
    elif not comment and score is not None:
        rows.append((Button(words.plain("survey-add"), f"inwords:{key}"),))
    if score is not None:
        rows.append((Button(words.plain("survey-change"), f"rerate:{key}"),))
    return Screen("\n".join(lines), tuple(rows))


def thanks(words: Words, survey: Survey | None, *, score: int | None, business: str) -> str:
    """The owner's thanks for this score, or the product's own, as HTML."""
    said = survey.thanks_for(score) if survey is not None else None
    if said is not None:
        return placeholders.fill(said.say(words.language), {"business": business})
    return words("survey-thanks" if score is not None else "survey-thanks-answers")
    # keys: survey-thanks survey-thanks-answers


def link_rows(words: Words, links: Sequence[Link], *, business: str) -> list[Row]:
    """Buttons that open by themselves. A friend is written to through Telegram's own choice of chats."""
    rows: list[Row] = []
    for link in links:
        if link.what == "review":
            rows.append((Button(words.plain("survey-review"), url=link.url),))
        else:
            text = quote(words.plain("survey-friend-text", business=business), safe="")
            url = f"https://t.me/share/url?url={quote(link.url, safe='')}&text={text}"
            rows.append((Button(words.plain("survey-friend"), url=url),))
    return rows


def finished(
    words: Words, survey: Survey | None, *, score: int | None, business: str, links: Sequence[Link] = ()
) -> Screen:
    """Every own question is answered."""
    lines = [thanks(words, survey, score=score, business=business)]
    if links:
        lines += ["", words("survey-links")]
    return Screen("\n".join(lines), tuple(link_rows(words, links, business=business)))


def settled(words: Words, *, answered: bool) -> Screen:
    """The message that offered own questions, once they are answered or declined."""
    return Screen(words("survey-thanks-answers" if answered else "survey-declined"))
    # keys: survey-thanks-answers survey-declined


def put_off(words: Words) -> Screen:
    """Own questions were left half-way."""
    return Screen(words("survey-put-off"))


def thanked(words: Words) -> Screen:
    """Nothing was added."""
    return Screen(words("survey-thanks"))


def heard(words: Words) -> Screen:
    """The comment has arrived."""
    return Screen(words("survey-heard"))


def kept_unnamed(words: Words) -> Screen:
    """An anonymous comment has arrived."""
    return Screen(words("survey-heard-anonymous"))


def shown(words: Words, kind: str, score: int, most: int) -> str:
    """A score in words: «★★☆☆☆ 2 из 5»."""
    said = words("survey-score", score=score, most=most)
    if kind == "csat":
        return f"{'★' * score}{'☆' * (most - score)} {said}"
    return said


def brief(kind: str, score: int, most: int) -> str:
    """A score where there is little room: «★★☆☆☆», «9/10»."""
    return "★" * score + "☆" * (most - score) if kind == "csat" else f"{score}/{most}"


# --- what the team hears ---


def low(
    reader: Reader, who: Who, *, kind: str, score: int, most: int, request_id: int | None, before: int | None = None
) -> Screen:
    """A low score, with the ways to make it good; or one that was raised from what it was `before`."""
    words = reader.words
    now = shown(words, kind, score, most)
    if before is None:
        said = f"⚠️ <b>{words('survey-low')}</b> {now}"
    else:
        said = f"↗️ <b>{words('survey-raised')}</b> {words('survey-score', score=before, most=most)} → {now}"
    lines = [said, heading(words, who)]
    if request_id is not None:
        lines.append(words("request-number", number=str(request_id)))
    return Screen("\n".join(lines), staff_writing.buttons(words, who.id), protect=True)


def explained(reader: Reader, who: Who, *, kind: str, score: int | None, most: int, text: str | None) -> Screen:
    """What a person added to their score. `text` is None where the message itself is copied below."""
    words = reader.words
    lines = [f"💬 {heading(words, who)}"]
    if score is not None:
        lines.append(f"{words('survey-explains')} {shown(words, kind, score, most)}")
    lines.append(f"<blockquote>{escaped(answered.cut(text, QUOTE))}</blockquote>" if text else words("wrote-below"))
    return Screen("\n".join(lines), staff_writing.buttons(words, who.id), protect=True)


def task(words: Words, *, score: int, most: int, before: int | None = None) -> str:
    """What a manager is to do about a low score, or about what was one `before` it was raised. Plain."""
    if before is None:
        return words.plain("survey-task", score=score, most=most)
    return words.plain("survey-task-raised", score=score, before=before, most=most)
