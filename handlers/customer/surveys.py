"""Rating: the buttons of a survey, a change of mind, and the few words that may follow."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import types

from crm import replies
from handlers.customer import capture, inputs, talk
from handlers.routes import Route, Routes
from handlers.turns import Turn
from services import capturing, meeting, surveying, surveying_own
from services.refusals import Refused
from services.surveying import Rated
from views import ratings
from views.messages import Edit, Effect, Say, Screen

DECLINES = ("skip", "no", "cancel", "done")


def routes() -> Routes:
    return Routes(
        presses={
            "rate": Route(rate),
            "rerate": Route(rate_again),
            "inwords": Route(in_words),
            "nowords": Route(no_words),
            "svgo": Route(go),
            "svno": Route(not_now),
        },
        flows={surveying.FLOW: Route(comment)},
        polls=Route(vote),
    )


async def rate(turn: Turn) -> Sequence[Effect]:
    """A score. What the person is in the middle of is not interrupted by the question that follows it."""
    key, _, score = turn.args.rpartition(":")
    number = int(score) if score.isascii() and score.isdecimal() and len(score) < 3 else -1
    kept = await surveying.rate(turn.tx, turn.place, key, number, turn.contact, now=turn.now)
    await _seen(turn, kept)
    free = turn.conversation.flow in (None, surveying.FLOW) and kept.comment is None
    if free:
        listening = surveying.listening(key, turn.message_id, unnamed=kept.asked.anonymous, now=turn.now)
        turn.conversation.enter(surveying.FLOW, listening)
    return [Edit(_screen(turn, kept, listening=free)), *kept.heard]


async def vote(turn: Turn) -> Sequence[Effect]:
    """A score by Telegram's own poll, which cannot be edited: what comes of it is said below."""
    assert isinstance(turn.event, types.PollAnswer)
    said = turn.event
    kept = await surveying.vote(turn.tx, turn.place, said.poll_id, said.option_ids, turn.contact, now=turn.now)
    if kept is None:
        return []
    await _seen(turn, kept)
    free = turn.conversation.flow in (None, surveying.FLOW) and kept.comment is None
    if free:
        key = kept.asked.key.removeprefix(surveying.PREFIX)
        turn.conversation.enter(surveying.FLOW, surveying.listening(key, None, now=turn.now))
    return [Say(_screen(turn, kept, listening=free)), *kept.heard]


async def rate_again(turn: Turn) -> Sequence[Effect]:
    """A change of mind: the scale once more."""
    found = await surveying.asked(turn.db, turn.place, turn.args, turn.contact)
    if found.anonymous:
        raise Refused("refused-survey-told", alert=True)
    return [Edit(ratings.again(turn.words, found.kind, turn.args))]


async def in_words(turn: Turn) -> Sequence[Effect]:
    """The person wants to add something; a form they were in the middle of waits as a draft."""
    kept = await surveying.kept(turn.db, turn.place, turn.args, turn.contact, now=turn.now)
    capturing.put_aside(turn.conversation)
    turn.conversation.enter(surveying.FLOW, surveying.listening(turn.args, turn.message_id, now=turn.now))
    return [Edit(_screen(turn, kept, listening=True))]


async def no_words(turn: Turn) -> Sequence[Effect]:
    """The score says it all."""
    kept = await surveying.kept(turn.db, turn.place, turn.args, turn.contact, now=turn.now)
    if (turn.conversation.state or {}).get("key") == turn.args:
        turn.conversation.leave()
    return [Edit(_screen(turn, kept))]


async def comment(turn: Turn) -> Sequence[Effect]:
    """The next message after a score. What is no words, or comes too late to be meant so, goes to the team as it is."""
    state = turn.conversation.state or {}
    if surveying.is_over(state, now=turn.now):
        turn.conversation.leave()
        return await talk.hear(turn)
    if not turn.text or turn.message_id is None:
        return await talk.hear(turn)
    turn.conversation.leave()
    if replies.read(turn.text) in DECLINES:
        kept = await surveying.kept(turn.db, turn.place, state["key"], turn.contact, now=turn.now)
        await _seen(turn, kept)
        return _finished(turn, kept, state, ratings.thanked(turn.words))
    if state.get("unnamed"):
        await surveying.unnamed_comment(turn.tx, turn.place, state["key"], turn.contact, turn.text, now=turn.now)
        return [Say(ratings.kept_unnamed(turn.words))]
    kept = await surveying.comment(
        turn.tx, turn.place, state["key"], turn.contact, turn.text, message_id=turn.message_id, now=turn.now
    )
    await _seen(turn, kept)
    return [*_finished(turn, kept, state, ratings.heard(turn.words)), *kept.heard]


async def go(turn: Turn) -> Sequence[Effect]:
    """The owner's own questions, from the first that is not answered yet."""
    return await capture.begin_survey(turn, turn.args)


async def not_now(turn: Turn) -> Sequence[Effect]:
    """The person would rather not."""
    await surveying_own.decline(turn.tx, turn.place, turn.args, turn.contact, turn.conversation)
    return [Edit(ratings.settled(turn.words, answered=False))]


async def _seen(turn: Turn, kept: Rated) -> None:
    """Who answers was here. An anonymous answer counts from when it was asked for: the minute of it, kept on the card,
    would tell whose it is."""
    at = kept.asked.at if kept.asked.anonymous else turn.now
    await meeting.meet(turn.tx, turn.contact, inputs.profile(turn), now=at)


def _finished(turn: Turn, kept: Rated, state: dict[str, object], said: Screen) -> list[Effect]:
    message_id = state.get("message")
    shown = [Edit(_screen(turn, kept), message_id=message_id)] if isinstance(message_id, int) else []
    return [Say(said), *shown]


def _screen(turn: Turn, kept: Rated, *, listening: bool = False) -> Screen:
    return ratings.rated(
        turn.words,
        kept.asked.survey,
        kind=kept.asked.kind,
        key=kept.asked.key.removeprefix(surveying.PREFIX),
        score=kept.score,
        most=kept.asked.most,
        business=turn.playbook.business.name.say(turn.language),
        question=kept.question,
        listening=listening,
        comment=kept.comment is not None,
        links=kept.links,
    )
