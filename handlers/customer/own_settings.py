"""/settings: language, time zone, quiet hours, and what a person agrees to receive, about what and how often."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import time
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from crm import city_zones, offsets
from crm.playbook_types import Span
from handlers.customer import capture, inputs
from handlers.routes import Route, Routes
from handlers.turns import Turn
from locales import cities, words_in
from services import capturing, consenting, meeting, preferring
from services.refusals import Refused
from storage import consents, contacts, wishes
from storage.contacts import Contact
from views import preferences
from views.messages import Edit, Effect, Say, Screen
from views.preferences import Chosen, Topic

ZONE_FLOW = "zone"
QUIET_FLOW = "quiet"
NEVER: Final = Span(time(), time())
"""Quiet hours that hold at no hour."""


def routes() -> Routes:
    return Routes(
        commands={"settings": Route(settings)},
        presses={"set": Route(change)},
        flows={ZONE_FLOW: Route(zone_said), QUIET_FLOW: Route(quiet_typed)},
    )


async def settings(turn: Turn) -> Sequence[Effect]:
    """Everything that can be chosen, as it is now."""
    await _card(turn)
    return [Say(await _overview(turn)), *await capture.where_stopped(turn)]


async def change(turn: Turn) -> Sequence[Effect]:
    """One button of the settings: what it is about, then what is chosen."""
    about, _, chosen = turn.args.partition(":")
    screens: dict[str, Callable[[Turn, str], Awaitable[Sequence[Effect]]]] = {
        "lang": _language,
        "zone": _zone,
        "here": _ask_place,
        "quiet": _quiet,
        "often": _often,
        "topics": _topics,
        "topic": _topic,
        consenting.PROCESSING: _processing,
    }
    if about in screens:
        return await screens[about](turn, chosen)
    if about:
        return await _purpose(turn, about, chosen)
    shared = _leave(turn)
    return [Edit(await _overview(turn)), *shared]


# ----------------------------------------------------------------------------------------------- language, time zone


async def zone_said(turn: Turn) -> Sequence[Effect]:
    """A place, a city, an offset, a zone's name, or what the person's clock shows."""
    place = turn.message.location
    typed = turn.text.strip()
    exact = typed if "/" in typed and typed in available_timezones() else cities.zone_of(typed)
    exact = exact or city_zones.of_city(typed)
    if place is not None:
        found: Sequence[str] = city_zones.near(place.latitude, place.longitude)
    else:
        found = [exact] if exact else offsets.named(typed, now=turn.now)
    if not found:
        return [Say(preferences.unknown_zone(turn.words))]
    if len(found) > 1:
        return [Say(preferences.several_zones(turn.words, found, now=turn.now))]
    shared = _leave(turn)
    return [*shared, Say(await _keep_zone(turn, found[0])), *await _unfinished(turn)]


async def _language(turn: Turn, chosen: str) -> Sequence[Effect]:
    await meeting.choose_language(turn.tx, await _card(turn), turn.staff, chosen, now=turn.now)
    return [Edit(await _overview(turn, language=chosen)), *await capture.where_stopped(turn)]


async def _zone(turn: Turn, chosen: str) -> Sequence[Effect]:
    if chosen:
        shared = _leave(turn)
        return [Edit(await _keep_zone(turn, chosen)), *shared, *await _unfinished(turn)]
    capturing.put_aside(turn.conversation)
    turn.conversation.enter(ZONE_FLOW, {})
    own = [turn.zone.key, turn.place.timezone.key]
    return [Edit(preferences.zones(turn.words, offsets.likely(turn.now, own), now=turn.now))]


async def _ask_place(turn: Turn, _: str) -> Sequence[Effect]:
    """The key that shares a place stands where the letters are until a zone is chosen."""
    capturing.put_aside(turn.conversation)
    turn.conversation.enter(ZONE_FLOW, {"key": True})
    return [Say(preferences.ask_place(turn.words))]


async def _keep_zone(turn: Turn, name: str) -> Screen:
    zone = await meeting.choose_zone(turn.tx, await _card(turn), turn.staff, name, now=turn.now)
    return preferences.zone_chosen(turn.words, zone, now=turn.now)


def _leave(turn: Turn) -> list[Effect]:
    """Closes the question that is open here; takes away the key that shares a place, if it was shown."""
    if turn.conversation.flow not in (ZONE_FLOW, QUIET_FLOW):
        return []
    key = (turn.conversation.state or {}).get("key")
    turn.conversation.leave()
    return [Say(Screen(turn.words("settings-place-thanks"), keys=()))] if key else []


# ------------------------------------------------------------------------------------------ hours, how often, topics


async def quiet_typed(turn: Turn) -> Sequence[Effect]:
    """Hours of one's own."""
    hours = preferring.read_hours(turn.text)
    if hours is None:
        return [Say(preferences.unknown_hours(turn.words))]
    contact = await _contact(turn)
    await preferring.keep_quiet(turn.tx, contact, hours, now=turn.now)
    _leave(turn)
    return [Say(preferences.hours_chosen(turn.words, await _chosen(turn))), *await _unfinished(turn)]


async def _quiet(turn: Turn, chosen: str) -> Sequence[Effect]:
    contact = await _contact(turn)
    if chosen:
        hours = {"usual": None, "never": NEVER}.get(chosen) or preferring.read_hours(chosen)
        if hours is None and chosen != "usual":
            raise Refused("refused-choice")
        await preferring.keep_quiet(turn.tx, contact, hours, now=turn.now)
    else:
        capturing.put_aside(turn.conversation)
        turn.conversation.enter(QUIET_FLOW, {})
    business = turn.playbook.policy.quiet_hours
    return [Edit(preferences.quiet_hours(turn.words, await _chosen(turn), business))]


async def _often(turn: Turn, chosen: str) -> Sequence[Effect]:
    contact = await _contact(turn)
    if chosen:
        await preferring.choose_often(turn.tx, turn.place, contact, chosen, message_id=turn.message_id, now=turn.now)
    return [Edit(preferences.how_often(turn.words, await _chosen(turn), now=turn.now))]


async def _topics(turn: Turn, _: str) -> Sequence[Effect]:
    return [Edit(preferences.topics(turn.words, (await _chosen(turn)).topics))]


async def _topic(turn: Turn, chosen: str) -> Sequence[Effect]:
    topic_id, _, wanted = chosen.rpartition(":")
    contact = await _contact(turn)
    await preferring.want_topic(turn.tx, turn.place, contact, topic_id, wanted=wanted == "on", now=turn.now)
    return await _topics(turn, "")


# ---------------------------------------------------------------------------------------------------------- consents


async def _processing(turn: Turn, chosen: str) -> Sequence[Effect]:
    if chosen == "on":
        business = turn.playbook.business
        text = consenting.text_of(turn.playbook, turn.language)
        return [Edit(preferences.processing(turn.words, text, business.privacy_url))]
    await consenting.answer(
        turn.tx,
        await _contact(turn),
        turn.playbook,
        granted=chosen == "yes",
        profile=inputs.profile(turn),
        language=turn.language,
        message_id=turn.message_id,
        now=turn.now,
    )
    return [Edit(await _overview(turn))]


async def _purpose(turn: Turn, purpose: str, chosen: str) -> Sequence[Effect]:
    if chosen not in ("on", "off"):
        raise Refused("refused-choice")
    business = turn.playbook.business
    await consenting.choose(
        turn.tx,
        await _contact(turn),
        purpose,
        granted=chosen == "on",
        text=preferences.purpose_text(turn.words, purpose, business.name.say(turn.language))
        if purpose in consenting.CHOSEN
        else "",
        version=business.consent_version,
        message_id=turn.message_id,
        now=turn.now,
    )
    return [Edit(await _overview(turn))]


async def _unfinished(turn: Turn) -> list[Effect]:
    """A form that made room for this question is offered again."""
    offer = await capture.unfinished(turn)
    return [] if offer is None else [offer]


async def _card(turn: Turn) -> Contact | None:
    """The card of who chooses; one of the team chooses as one of the team, and needs none."""
    return await meeting.meet_customer(turn.tx, turn.contact, turn.staff, inputs.profile(turn), now=turn.now)


async def _contact(turn: Turn) -> Contact:
    """The card, for what only a customer chooses. Raises Refused for one of the team who has none."""
    contact = await _card(turn)
    if contact is None:
        raise Refused("refused-choice")
    return contact


async def _overview(turn: Turn, *, language: str | None = None) -> Screen:
    words = words_in(language or turn.language)
    return preferences.overview(words, await _chosen(turn), now=turn.now, customer=turn.staff is None)


async def _chosen(turn: Turn) -> Chosen:
    """Everything as it is now, this update's changes included."""
    contact = await contacts.by_telegram_id(turn.db, turn.user.id)
    business = turn.playbook.policy.quiet_hours
    if contact is None or turn.staff is not None:
        return Chosen(turn.zone, quiet=business)
    wished, living = await wishes.get(turn.db, contact.id), await preferring.living(turn.db, turn.place, contact)
    own = preferring.quiet(wished)
    return Chosen(
        zone=ZoneInfo(living.zone),
        known=living.by,
        quiet=own or business,
        own_quiet=own is not None,
        fewer=wished.fewer,
        paused_until=wished.paused_until,
        consents=await consents.latest(turn.db, contact.id),
        processing=consenting.is_agreed(contact, turn.playbook),
        topics=tuple(
            Topic(one.id, one.title.say(turn.language), one.id not in wished.topics_off) for one in turn.playbook.topics
        ),
    )
