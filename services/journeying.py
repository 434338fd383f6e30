"""Journeying: a way through a scenario goes on step by step. What is due becomes a row of the outbox; what became of it, and
what the person did, decide what follows.

A message is made into words when it is claimed, so the segment, the language and the text are those of that moment.
Looking at a way once too often changes nothing: its step's message is one row, unique by its key.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from crm import scenario_ways
from crm.playbook_scenarios import Saying, Scenario, ScenarioStep
from crm.purposes import Purpose
from locales import words_in
from services import entering, preferring, surveying
from services.speaking import Composed
from services.workplace import Place
from storage import contacts, journeys, members, outbox, survey_answers, trigger_events
from storage.engine import Tx
from storage.journeys import Journey, Stand
from storage.members import Recipient
from storage.outbox import Claimed
from views import scenario_messages

PREFIX: Final = journeys.PREFIX
PATIENCE: Final = timedelta(minutes=15)
"""How often a way is looked at that waits for something nobody tells it of."""
LATE: Final = timedelta(hours=1)
"""What is later than that was missed by a bot that did not run."""
LINKS: Final = "links"
"""What a message remembers: where its counted links lead, by their place. The playbook may say something else by the time
one is opened."""
_SURVEY_OF: Final = "s"
"""What the last part of a survey's key begins with when a scenario puts it: `survey:<survey>:s<way>.<step>`."""


# ------------------------------------------------------------------------------------------------------------ going on


async def go_on(tx: Tx, place: Place, stand: Stand, *, now: datetime) -> None:
    """One look at one way: its message is written, or what became of it is followed up."""
    way = stand.journey
    scenario = place.playbooks.current.scenario(way.scenario_id)
    if scenario is None or way.step >= len(scenario.plan):
        journeys.end(
            tx, way.id, "left" if scenario is None else "done", "dropped" if scenario is None else None, now=now
        )
        return
    step = scenario.plan[way.step]
    message, reason = stand.message, stand.reason
    message_due, sent_at = stand.message_due, stand.message_sent
    if step.survey is not None and message is None:
        row = await outbox.by_key(tx, survey_key(step.survey, way.id, way.step))
        if row is not None:
            message, reason, message_due, sent_at = row.state, row.error, row.due_at, row.sent_at
    if message == "cancelled" and reason == journeys.PAUSED:
        message = None
    if message is None:
        await _begin_step(tx, place, scenario, step, stand, now=now)
    elif message in ("pending", "sending"):
        journeys.look_again(tx, way.id, max(now, message_due or now) + PATIENCE)
    elif message == "sent" and sent_at is not None:
        await _follow(tx, place, scenario, stand, sent_at, now=now)
    elif step.survey is not None and (skipped := scenario_ways.without(scenario, way.step)) is not None:
        # Who was surveyed a short while ago is not asked again; what was to follow may be said all the same.
        journeys.move(tx, way.id, skipped, since=now, next_at=now)
    else:
        journeys.end(tx, way.id, "spared", reason or message, now=now)


async def _begin_step(
    tx: Tx, place: Place, scenario: Scenario, step: ScenarioStep, stand: Stand, *, now: datetime
) -> None:
    way = stand.journey
    due = way.moment if way.step == 0 else await _due(tx, place, way.contact_id, step, way.moment)
    if due > now + entering.AT_ONCE:
        journeys.look_again(tx, way.id, due)
    elif due + scenario.of_use <= now:
        journeys.end(tx, way.id, "spared", "too-late", now=now)
    elif stand.chat_id is None or not stand.reachable:
        journeys.end(tx, way.id, "spared", "unreachable", now=now)
    else:
        _write(tx, place, scenario, step, stand, stand.chat_id, due=due, now=now)
        journeys.look_again(tx, way.id, max(due, now) + PATIENCE)


def _write(
    tx: Tx,
    place: Place,
    scenario: Scenario,
    step: ScenarioStep,
    stand: Stand,
    chat_id: int,
    *,
    due: datetime,
    now: datetime,
) -> None:
    """The message of a step, to be made into words when it leaves."""
    way = stand.journey
    survey = place.playbooks.current.survey(step.survey) if step.survey is not None else None
    if survey is not None:
        person = Recipient(way.contact_id, chat_id, stand.language, None)
        key = survey_key(survey.id, way.id, way.step)
        surveying.ask(tx, survey, person, key=key, at=due, now=now, request_id=way.request_id)
        return
    outbox.plan(
        tx,
        outbox.row(
            key=journeys.key(way.id, way.step),
            chat_id=chat_id,
            contact_id=way.contact_id,
            payload={},
            recipe={"scenario": scenario.id, "journey": way.id, "step": way.step},
            purpose=scenario.aim.value,
            priority=scenario.aim.priority,
            due_at=due,
            valid_until=due + scenario.of_use,
            on_doubt="resend" if scenario.aim is Purpose.SERVICE else "skip",
            topic=scenario.topic,
            value=scenario.value,
            now=now,
        ),
    )


async def _follow(tx: Tx, place: Place, scenario: Scenario, stand: Stand, sent_at: datetime, *, now: datetime) -> None:
    """The step's message has reached the person: on to the next, or wait for what they do."""
    way = stand.journey
    deeds = await _deeds(tx, scenario, stand)
    there = scenario_ways.after(scenario, way.step, sent_at=sent_at, deeds=deeds, now=now)
    if there.ask_again is not None:
        journeys.look_again(tx, way.id, min(there.ask_again, now + PATIENCE))
    elif there.step is None or there.since is None:
        journeys.end(tx, way.id, "done", None, now=now)
    else:
        due = await _due(tx, place, way.contact_id, scenario.plan[there.step], there.since)
        journeys.move(tx, way.id, there.step, since=there.since, next_at=due)


async def _due(tx: Tx, place: Place, contact_id: int, step: ScenarioStep, since: datetime) -> datetime:
    """When a later step is due, by the person's own clock."""
    zone = (await preferring.zones(tx, place, [contact_id])).get(contact_id, entering.zone_of(place))
    return scenario_ways.due(step, since, zone)


async def _deeds(tx: Tx, scenario: Scenario, stand: Stand) -> Mapping[str, datetime | None]:
    """When the person last did each thing a branch can ask about."""
    way = stand.journey
    step = scenario.plan[way.step]
    answered = None
    if step.survey is not None:
        answer = await survey_answers.get(tx, survey_key(step.survey, way.id, way.step))
        answered = (answer.scored_at or answer.finished_at) if answer is not None else None
    return {
        "pressed": way.pressed_at,
        "answered": answered,
        "wrote": stand.wrote_at,
        "bought": stand.bought_at,
        "requested": stand.requested_at,
    }


def survey_key(survey_id: str, way: int, step: int) -> str:
    """The key of a survey that a way's step puts."""
    return f"{surveying.PREFIX}{survey_id}:{_SURVEY_OF}{way}.{step}"


# ------------------------------------------------------------------------------------------------------------ in words


async def compose(tx: Tx, place: Place, row: Claimed, *, now: datetime) -> Composed | None:
    """The message of a step as it is said now; None where it is not wanted any more, which ends the way, and why."""
    recipe = row.recipe or {}
    way = await journeys.get(tx, int(recipe["journey"]))
    scenario = place.playbooks.current.scenario(str(recipe["scenario"]))
    if way is None or way.state != "active":
        return None
    step = scenario.plan[way.step] if scenario is not None and way.step < len(scenario.plan) else None
    contact = await contacts.get(tx, way.contact_id)
    if scenario is None or step is None or contact is None or not step.said:
        journeys.end(tx, way.id, "left", "dropped", now=now)
        return None
    if (why := await _not_wanted(tx, place, scenario, way, now=now)) is not None:
        journeys.end(tx, way.id, "left", why, now=now)
        return None
    words = words_in(contact.language)
    text, buttons = said(place, scenario, step, way.contact_id)
    targets = [button.link for button in buttons]
    links = {} if place.links is None else place.links.urls("scenario", way.id, way.step, targets)
    screen = scenario_messages.message(
        words,
        text,
        buttons,
        place.playbooks.current,
        name=contact.name or "",
        tail=f"{way.id}:{way.step}",
        key=row.key,
        advertises=scenario.aim is Purpose.MARKETING,
        links=links,
    )
    memo: dict[str, Any] = {"contact": way.contact_id, "journey": way.id}
    if links:
        memo[LINKS] = {str(number): targets[number] for number in links}
    return Composed(screen.to_json(), memo)


def said(place: Place, scenario: Scenario, step: Saying, contact_id: int) -> tuple[Any, tuple[Any, ...]]:
    """The words and buttons that this person gets in a step. Raises LookupError for a message that is gone."""
    if step.text is not None:
        return step.text, step.buttons
    name = step.message or scenario_ways.variant(scenario, step, contact_id)
    message = place.playbooks.current.message(name or "")
    if message is None:
        raise LookupError(f"no message is called {name!r}")
    return message.text, step.buttons or message.buttons


async def _not_wanted(tx: Tx, place: Place, scenario: Scenario, way: Journey, *, now: datetime) -> str | None:
    """Why the message makes no sense any more: what began it is undone, the person is no longer meant, or may leave."""
    zone = entering.zone_of(place)
    meant = entering.query(place, scenario.segment)
    if meant is not None and await members.find(tx, way.contact_id, meant, now=now, zone=zone) is None:
        return "segment"
    leaves = entering.query(place, scenario.exit)
    if leaves is not None and await members.find(tx, way.contact_id, leaves, now=now, zone=zone) is not None:
        return "exit"
    if way.step == 0:
        occurrence = None if way.occurrence == entering.ONCE else way.occurrence
        if not await trigger_events.still_holds(tx, scenario.trigger, way.contact_id, occurrence):
            return "undone"
    return None


# ------------------------------------------------------------------------------------------------------------- outcomes


def note_sent(tx: Tx, row: Claimed, *, now: datetime) -> None:
    """A message of a way has reached the person: the next look goes on from here."""
    way = journey_of(row.key)
    if way is not None and not row.sent_revision:
        journeys.note_sent(tx, way, now=now)
        journeys.wake(tx, way, now=now)


def note_settled(tx: Tx, row: Claimed) -> None:
    """A message of a way is not going to leave: the next look, which is due since the message was, ends the way."""
    way = journey_of(row.key)
    if way is not None:
        journeys.wake(tx, way, now=row.due_at)


def journey_of(key: str) -> int | None:
    """The way whose message has this key; None for every other message."""
    number = ""
    if key.startswith(PREFIX):
        number = key.removeprefix(PREFIX).partition(":")[0]
    elif key.startswith(surveying.PREFIX):
        last = key.rpartition(":")[2]
        number = last.removeprefix(_SURVEY_OF).partition(".")[0] if last.startswith(_SURVEY_OF) else ""
    return int(number) if number.isdecimal() else None
