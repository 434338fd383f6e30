"""/settings: language, time zone, and what a person agrees to receive."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo, available_timezones

from crm import offsets
from handlers.customer import capture, inputs
from handlers.routes import Route, Routes
from handlers.turns import Turn
from locales import cities, words_in
from services import capturing, consenting, meeting
from services.refusals import Refused
from storage import consents, contacts
from storage.contacts import Contact
from views import preferences
from views.messages import Edit, Effect, Say, Screen

ZONE_FLOW = "zone"


def routes() -> Routes:
    return Routes(
        commands={"settings": Route(settings)},
        presses={"set": Route(change)},
        flows={ZONE_FLOW: Route(zone_typed)},
    )


async def settings(turn: Turn) -> Sequence[Effect]:
    """Everything that can be chosen, as it is now."""
    await _contact(turn)
    return [Say(await _overview(turn)), *await capture.where_stopped(turn)]


async def change(turn: Turn) -> Sequence[Effect]:
    """One button of the settings: what it is about, then what is chosen."""
    about, _, chosen = turn.args.partition(":")
    if about == "lang":
        return await _language(turn, chosen)
    if about == "zone":
        return await (_zone(turn, chosen) if chosen else _ask_zone(turn))
    if about == consenting.PROCESSING:
        return await _processing(turn, chosen)
    if about:
        return await _purpose(turn, about, chosen)
    if turn.conversation.flow == ZONE_FLOW:
        turn.conversation.leave()
    return [Edit(await _overview(turn))]


async def zone_typed(turn: Turn) -> Sequence[Effect]:
    """A city, an offset, a zone's name, or what the person's clock shows."""
    typed = turn.text.strip()
    exact = typed if "/" in typed and typed in available_timezones() else cities.zone_of(typed)
    found = [exact] if exact else offsets.named(typed, now=turn.now)
    if not found:
        return [Say(preferences.unknown_zone(turn.words))]
    if len(found) > 1:
        return [Say(preferences.several_zones(turn.words, found, now=turn.now))]
    return [Say(await _keep_zone(turn, found[0])), *await _unfinished(turn)]


async def _language(turn: Turn, chosen: str) -> Sequence[Effect]:
    await meeting.choose_language(turn.tx, await _contact(turn), turn.staff, chosen, now=turn.now)
    return [Edit(await _overview(turn, language=chosen)), *await capture.where_stopped(turn)]


async def _ask_zone(turn: Turn) -> Sequence[Effect]:
    capturing.put_aside(turn.conversation)
    turn.conversation.enter(ZONE_FLOW, {})
    own = [turn.zone.key, turn.place.timezone.key]
    return [Edit(preferences.zones(turn.words, offsets.likely(turn.now, own), now=turn.now))]


async def _zone(turn: Turn, chosen: str) -> Sequence[Effect]:
    return [Edit(await _keep_zone(turn, chosen)), *await _unfinished(turn)]


async def _keep_zone(turn: Turn, name: str) -> Screen:
    zone = await meeting.choose_zone(turn.tx, await _contact(turn), turn.staff, name, now=turn.now)
    if turn.conversation.flow == ZONE_FLOW:
        turn.conversation.leave()
    return preferences.zone_chosen(turn.words, zone, now=turn.now)


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


async def _contact(turn: Turn) -> Contact:
    return await meeting.meet(turn.tx, turn.contact, inputs.profile(turn), now=turn.now)


async def _overview(turn: Turn, *, language: str | None = None) -> Screen:
    contact = await contacts.by_telegram_id(turn.db, turn.user.id)
    said = {} if contact is None else await consents.latest(turn.db, contact.id)
    zone = contact.timezone if contact is not None and turn.staff is None else None
    return preferences.overview(
        words_in(language or turn.language),
        ZoneInfo(zone) if zone else turn.zone,
        said,
        processing=consenting.is_agreed(contact, turn.playbook),
        now=turn.now,
        customer=turn.staff is None,
    )
