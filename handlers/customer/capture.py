"""Leaving a request: a form is chosen, asked question by question, checked, and sent."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import types

from crm import card_questions, survey_forms
from crm.form_types import Input, Outcome
from handlers.customer import inputs
from handlers.routes import Route, Routes
from handlers.turns import Turn
from services import asking, capturing, consenting, meeting, surveying_own
from services.capturing import Filling, Person
from views import customers, form_screens, question_screens, ratings
from views.messages import Edit, Effect, Say, Screen, Toast


def routes() -> Routes:
    return Routes(
        commands={"new": Route(new), "cancel": Route(cancel)},
        presses={
            "f": Route(pressed),
            "form": Route(open_form),
            "go": Route(go_on),
            "anew": Route(anew),
            "later": Route(later),
            "new": Route(new),
        },
        flows={capturing.FLOW: Route(answer)},
    )


async def new(turn: Turn) -> Sequence[Effect]:
    """/new: the form at once where there is one, else which one? A form in progress is offered first."""
    await meeting.meet(turn.tx, turn.contact, inputs.profile(turn), now=turn.now)
    if (offer := await unfinished(turn)) is not None:
        return [offer]
    offered = turn.playbook.forms
    if len(offered) == 1:
        return await begin(turn, offered[0].id)
    return [Say(customers.choose_form(turn.words, offered))]


async def cancel(turn: Turn) -> Sequence[Effect]:
    """/cancel: what was begun ends; a form is kept as a draft."""
    form_id = str((turn.conversation.state or {}).get("form", ""))
    if capturing.put_aside(turn.conversation):
        return [Say(_left(turn, form_id))]
    if turn.conversation.flow is not None:
        turn.conversation.leave()
        return [Say(customers.cancelled(turn.words))]
    return [Say(customers.nothing_to_cancel(turn.words))]


async def open_form(turn: Turn) -> Sequence[Effect]:
    """A form of the menu. The same one left half-way is offered before it is begun again."""
    found = await _kept(turn)
    if found is not None and found.form.id == turn.args:
        return [await _offer(turn, found)]
    return await begin(turn, turn.args)


async def anew(turn: Turn) -> Sequence[Effect]:
    """From the first question, without what was answered before."""
    capturing.drop(turn.conversation, turn.args)
    return await begin(turn, turn.args)


async def go_on(turn: Turn) -> Sequence[Effect]:
    """Back to the question where the form was left."""
    found = await _kept(turn)
    if found is None:
        return [Toast(turn.words.plain("form-over"))]
    person = await _person(turn)
    filling, outcome = capturing.resume(turn.place, found, person, now=turn.now)
    return shown(turn, filling, outcome, found)


async def later(turn: Turn) -> Sequence[Effect]:
    """Not now: the form waits as a draft, and nobody asks again."""
    capturing.put_aside(turn.conversation)
    return [Edit(form_screens.let_go(turn.words))]


async def answer(turn: Turn) -> Sequence[Effect]:
    """A message in mid-form."""
    return await advance(turn, inputs.message(turn))


async def advance(turn: Turn, given: Input) -> Sequence[Effect]:
    """Whatever came to the question that is open."""
    filling = await capturing.kept(turn.db, turn.place, turn.conversation.state)
    if filling is None:
        turn.conversation.leave()
        return [Say(form_screens.gone(turn.words)), Say(customers.choose_form(turn.words, turn.playbook.forms))]
    return await _advance(turn, filling, given)


async def pressed(turn: Turn) -> Sequence[Effect]:
    """A button of a form; one of another filling, or of a form that is over, changes nothing."""
    run, _, rest = turn.args.partition(":")
    number, _, what = rest.partition(":")
    in_form = turn.conversation.flow == capturing.FLOW
    filling = await capturing.kept(turn.db, turn.place, turn.conversation.state) if in_form else None
    if filling is None or filling.run != run:
        sent = await capturing.was_sent(turn.db, turn.chat_id, run)
        return [Toast(turn.words.plain("form-sent" if sent else "form-over"))]  # keys: form-sent form-over
    return await _advance(turn, filling, inputs.press(filling.state, number, what))


async def begin(turn: Turn, form_id: str) -> Sequence[Effect]:
    """The first question of a form; one in progress becomes the draft."""
    person = await _person(turn)
    run = turn.update_key.removeprefix("u")
    filling, outcome = await capturing.begin(turn.db, turn.place, form_id, person, run=run, now=turn.now)
    before = await capturing.kept(turn.db, turn.place, turn.conversation.state)
    capturing.put_aside(turn.conversation)
    return shown(turn, filling, outcome, before)


async def begin_survey(turn: Turn, key: str) -> Sequence[Effect]:
    """The own questions of a survey; a form in progress becomes the draft."""
    person = await _person(turn)
    run = turn.update_key.removeprefix("u")
    filling, outcome = await surveying_own.begin(turn.db, turn.place, key, person, run=run, now=turn.now)
    before = await capturing.kept(turn.db, turn.place, turn.conversation.state)
    capturing.put_aside(turn.conversation)
    return shown(turn, filling, outcome, before)


async def unfinished(turn: Turn) -> Effect | None:
    """The offer to go on with a form left half-way; None where there is none."""
    found = await _kept(turn)
    return None if found is None else await _offer(turn, found)


async def where_stopped(turn: Turn) -> list[Effect]:
    """After an answer to something else in mid-form: where the form stands, and a way on."""
    if turn.conversation.flow != capturing.FLOW:
        return []
    filling = await capturing.kept(turn.db, turn.place, turn.conversation.state)
    if filling is None:
        return []
    return [Say(form_screens.stopped(turn.words, filling.form, *await _number(turn, filling)))]


# --- parts ---


async def _advance(turn: Turn, before: Filling, given: Input) -> Sequence[Effect]:
    person = await _person(turn)
    filling, outcome = capturing.advance(turn.place, before, given, person, now=turn.now)
    if outcome.consent is not None:
        await consenting.answer(
            turn.tx,
            person.contact,
            turn.playbook,
            granted=outcome.consent,
            profile=person.profile,
            language=person.language,
            message_id=turn.message_id,
            now=turn.now,
        )
    is_survey = survey_forms.survey_id(filling.form.id) is not None
    if outcome.kind == "finished":
        if is_survey:
            return await _surveyed(turn, filling, outcome, person)
        is_question = card_questions.field_of(filling.form.id) is not None
        return await (_told if is_question else _finished)(turn, filling, outcome, person)
    if outcome.kind == "cancelled":
        capturing.put_aside(turn.conversation)
        return [Say(_left(turn, filling.form.id))]
    said = shown(turn, filling, outcome, before)
    if is_survey:
        contact = person.contact
        heard = await surveying_own.keep_part(turn.tx, turn.place, filling, outcome, contact, now=turn.now)
        return [*said, *heard]
    return said


async def _finished(turn: Turn, filling: Filling, outcome: Outcome, person: Person) -> Sequence[Effect]:
    captured = await capturing.confirm(
        turn.tx,
        turn.place,
        turn.conversation,
        filling,
        outcome,
        person.contact,
        message_id=turn.message_id,
        now=turn.now,
    )
    thanks = form_screens.thanks(_reader(turn, filling, outcome), filling.form, captured.request.id)
    return [Say(thanks, key=capturing.thanks_key(filling.run)), *captured.alerts]


async def _told(turn: Turn, filling: Filling, outcome: Outcome, person: Person) -> Sequence[Effect]:
    """A question about the card has ended; a form that it interrupted is offered again."""
    ended = await asking.end(turn.tx, turn.place, turn.conversation, filling, outcome, person.contact, now=turn.now)
    reader = _reader(turn, filling, outcome)
    echo = form_screens.understood(reader, outcome.accepted) if outcome.accepted else ""
    words = turn.words
    said: list[Effect] = [
        Say(question_screens.answered(words, echo) if ended.answered else question_screens.let_go(words))
    ]
    if ended.asked is not None and ended.asked.message_id is not None:
        settled = question_screens.settled(words, told=ended.answered)
        said.append(Edit(settled, chat_id=ended.asked.chat_id, message_id=ended.asked.message_id))
    offer = await unfinished(turn)
    return said if offer is None else [*said, offer]


async def _surveyed(turn: Turn, filling: Filling, outcome: Outcome, person: Person) -> Sequence[Effect]:
    """The last question of a survey is answered; a form that it interrupted is offered again."""
    ended = await surveying_own.finish(
        turn.tx, turn.place, turn.conversation, filling, outcome, person.contact, now=turn.now
    )
    asked, business = ended.asked, turn.playbook.business.name.say(turn.language)
    screen = ratings.finished(turn.words, asked.survey, score=ended.score, business=business, links=ended.links)
    said: list[Effect] = [Say(screen)]
    if asked.message_id is not None:
        settled = ratings.settled(turn.words, answered=True)
        said.append(Edit(settled, chat_id=asked.chat_id, message_id=asked.message_id))
    offer = await unfinished(turn)
    return [*said, *ended.heard] if offer is None else [*said, *ended.heard, offer]


def _left(turn: Turn, form_id: str) -> Screen:
    """What is said of a form that was left."""
    if card_questions.field_of(form_id) is not None:
        return question_screens.put_off(turn.words)
    if survey_forms.survey_id(form_id) is not None:
        return ratings.put_off(turn.words)
    return form_screens.put_aside(turn.words)


def shown(turn: Turn, filling: Filling, outcome: Outcome, before: Filling | None) -> Sequence[Effect]:
    """Keeps where the form stands, and says it. `before` is the filling as it was: a keyboard of its question that
    has no use any more is taken away."""
    if outcome.kind == "stale" and not _wrote(turn):
        return [Toast(turn.words.plain("form-past"))]
    has_keys = outcome.prompt is not None and outcome.prompt.keyboard is not None
    was_shown = before is not None and before.keys
    said = list(_said(turn, filling, outcome, taking_keys=was_shown and not has_keys))
    if said or outcome.kind == "collected":
        keys = has_keys or (was_shown and not said)
        capturing.take_up(turn.conversation, filling.with_keys(keys))
    return said


def _said(turn: Turn, filling: Filling, outcome: Outcome, *, taking_keys: bool) -> Sequence[Effect]:
    reader = _reader(turn, filling, outcome)
    echo = form_screens.understood(reader, outcome.accepted) if outcome.accepted else ""
    lead = form_screens.why(turn.words, outcome.reason) if outcome.reason else "" if taking_keys else echo
    if outcome.summary is not None:
        screen = form_screens.summary(reader, filling.form, outcome.summary, lead=lead)
    elif outcome.prompt is not None and outcome.prompt.kind == "consent":
        business = turn.playbook.business
        text = consenting.text_of(turn.playbook, turn.language)
        screen = form_screens.gate(reader, outcome.prompt, text, business.privacy_url, lead=lead)
    elif outcome.prompt is not None:
        screen = form_screens.question(reader, outcome.prompt, lead=lead)
    else:
        return []
    key = f"f:{filling.run}:{filling.state.turn}"
    album = turn.message.media_group_id if _wrote(turn) else None
    if outcome.kind == "collected":
        if not _wrote(turn):
            return [Edit(screen)]
        if outcome.summary is not None:
            return [Say(screen, key=key, revise=True)]
        collecting = outcome.prompt is not None and outcome.prompt.files
        return [Say(screen, key=f"{key}:files", revise=True)] if collecting else []
    if outcome.kind == "summary":
        said = Say(screen, key=key)
    elif album is not None:
        # The messages of an album come one by one: all of them get one answer.
        said = Say(screen, key=f"{key}:{album}")
    else:
        said = Say(screen)
    return [Say(form_screens.keyboard_gone(turn.words, echo)), said] if taking_keys else [said]


def _wrote(turn: Turn) -> bool:
    return isinstance(turn.event, types.Message)


async def _kept(turn: Turn) -> Filling | None:
    """The form in progress, or the draft."""
    if turn.conversation.flow == capturing.FLOW:
        return await capturing.kept(turn.db, turn.place, turn.conversation.state)
    return await capturing.kept(turn.db, turn.place, turn.conversation.draft)


async def _offer(turn: Turn, found: Filling) -> Effect:
    return Say(form_screens.unfinished(turn.words, found.form, *await _number(turn, found)))


async def _number(turn: Turn, found: Filling) -> tuple[int, int]:
    """Which question of how many; zeros at the summary."""
    _, outcome = capturing.resume(turn.place, found, await _person(turn), now=turn.now)
    if outcome.prompt is None:
        return 0, 0
    return outcome.prompt.number, outcome.prompt.total


async def _person(turn: Turn) -> Person:
    """The writer with their card, made on the spot for somebody who has none."""
    who = inputs.profile(turn)
    contact = await meeting.meet(turn.tx, turn.contact, who, now=turn.now)
    return Person(contact, who, turn.language)


def _reader(turn: Turn, filling: Filling, outcome: Outcome) -> form_screens.Reader:
    known = outcome.answers or outcome.state.answers
    name = known["name"].value if "name" in known else turn.contact.name if turn.contact is not None else None
    return form_screens.Reader(
        words=turn.words,
        run=filling.run,
        name=name or "",
        business=filling.playbook.business.name,
        zone=capturing.zone_of(turn.place, filling.playbook),
        now=turn.now,
    )
