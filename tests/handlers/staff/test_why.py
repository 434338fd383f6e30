"""/why: what somebody got, will get and was spared, each with its reason in plain words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from crm import scenario_ways
from crm.playbook import Survey
from locales import words_in
from storage import campaign_people, journeys, tables, wishes
from tests.clocks import NOON
from tests.handlers.staff.rooms import Room
from tests.storage.makers import make_consent, make_contact, make_outbox_row, make_purchase
from views import survey_asking

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
async def room(room: Room) -> Room:
    """Bob reads Russian here."""
    speaks = tables.staff.update().where(tables.staff.c.id == room.bob_id).values(language="ru")
    await room.database.write(lambda tx: tx.run(speaks))
    return room


async def message(room: Room, key: str, **columns: Any) -> int:
    given = {"contact_id": room.olga, "purpose": "marketing", "payload": {"text": "Скидка <b>10%</b>"}, **columns}
    return await make_outbox_row(room.database, key=key, chat_id=1, **given)


async def campaign(room: Room, number: int, name: str, **person: Any) -> None:
    async def unit(tx: Any) -> None:
        values = {"id": number, "name": name, "content": {}, "options": {}, "created_at": NOON, "updated_at": NOON}
        await tx.run(tables.campaigns.insert().values(**values))
        if person:
            given = {"campaign_id": number, "contact_id": room.olga, "due_at": NOON, **person}
            await tx.run(tables.campaign_people.insert().values(**given))

    await room.database.write(unit)


async def way(room: Room, **columns: Any) -> None:
    given = {"scenario_id": "thanks", "contact_id": room.olga, "occurrence": "1", "state": "active", "moment": NOON}
    values = {**given, "entered_at": NOON, **columns}
    await room.database.write(lambda tx: tx.run(tables.journeys.insert().values(**values)))


async def asked(room: Room) -> dict[str, str]:
    """The answer to a manager, by its parts: how they stand, what they got, will get and were spared."""
    (said,) = await room.bob.says(f"/why {room.olga}")
    assert said["protect"]
    parts = said["text"].split("\n\n")
    return dict(zip(("stands", "got", "coming", "spared"), parts, strict=True))


def at(moment: datetime) -> str:
    return moment.isoformat()


async def test_of_who_got_nothing_it_says_so(room: Room) -> None:
    said = await asked(room)
    assert "Реклама: согласия нет" in said["stands"]
    assert "Пока ничего" in said["got"]
    assert "Ничего не запланировано" in said["coming"]
    assert said["spared"].endswith("Ничего.")


async def test_how_the_person_stands_is_told(room: Room) -> None:
    await make_consent(room.database, room.olga, purpose="marketing")
    await make_consent(room.database, room.olga, purpose="survey", granted=False)
    await room.database.write(
        lambda tx: wishes.change(
            tx, room.olga, quiet_from=1320, quiet_until=540, fewer=1, paused_until=NOON + 9 * DAY, now=NOON
        )
    )
    said = (await asked(room))["stands"]
    for part in ("согласие есть", "Опросы: отказ", "Киев (догадка по телефону)", "22:00–09:00, свои", "паузе до"):
        assert part in said


async def test_what_was_got_says_what_had_held_it(room: Room) -> None:
    await campaign(room, 3, "Осень & мы")
    held = {"since": at(NOON - DAY), "reasons": ["quiet-hours", "gap"]}
    decision = {"verdict": "send", "reason": "ok", "at": at(NOON), "held": held}
    await message(room, "campaign:3:1", state="sent", sent_at=NOON - HOUR, decision=decision)
    said = (await asked(room))["got"]
    assert "Рассылка «Осень &amp; мы»: <i>Скидка 10%</i>" in said
    assert "ждало с пн, 23 ноября, 12:00: тихие часы и слишком скоро после прошлого" in said


async def test_what_was_taken_out_of_their_chat_again_says_so(room: Room) -> None:
    await campaign(room, 3, "Осень", state="sent", sent_at=NOON, recalled_at=NOON)
    await campaign(room, 4, "Зима", state="sent", sent_at=NOON)
    for number in (3, 4):
        await message(room, f"campaign:{number}:{room.olga}", state="sent", sent_at=NOON)
    lines = (await asked(room))["got"].splitlines()
    (marked,) = [at for at, line in enumerate(lines) if line == "   ↩️ отозвано"]
    assert "Осень" in lines[marked - 1]


async def test_a_survey_that_was_answered_is_told_of_by_its_question(room: Room) -> None:
    """Its message says «4 of 5, thank you» now: that is not what was sent. The history on the card says the same."""
    salon = room.office.place.playbooks.current
    survey = salon.survey("care")
    assert survey is not None
    thanks = {"payload": {"text": "★★★★☆ 4 из 5. Спасибо!"}, "purpose": "survey", "state": "sent", "sent_at": NOON}
    about = {"survey": "care", "kind": "own", "request": None, "staff": None}
    await message(room, "survey:care:1", memo=about, revision=2, sent_revision=2, **thanks)
    asks = survey.ask.say("uk").replace("{name}", "Olga")
    said = (await asked(room))["got"]
    assert f"Опрос «{why_name(survey)}»: <i>{asks[:40]}" in said
    assert "★" not in said
    (history,) = await room.bob.presses(f"line:{room.olga}:0")
    assert asks in history["text"]
    assert "★" not in history["text"]


def why_name(survey: Survey) -> str:
    return survey_asking.name(words_in("ru"), survey)


async def test_what_is_put_off_says_what_has_held_it(room: Room) -> None:
    await make_consent(room.database, room.olga, purpose="marketing")
    held = {"since": at(NOON - DAY), "reasons": ["quiet-hours", "gap"]}
    decision = {"verdict": "wait", "reason": "gap", "at": at(NOON), "held": held}
    await message(room, "campaign:3:1", due_at=NOON + HOUR, decision=decision)
    said = (await asked(room))["coming"]
    assert "ждёт с пн, 23 ноября, 12:00: тихие часы и слишком скоро после прошлого" in said


async def test_what_is_coming_says_what_the_policy_would_do_as_things_are(room: Room) -> None:
    """Without consent an advertisement will not leave; at night it waits for the morning."""
    await message(room, "campaign:3:1", due_at=NOON + 11 * HOUR)
    assert "не уйдёт. Нет согласия" in (await asked(room))["coming"]
    await make_consent(room.database, room.olga, purpose="marketing")
    assert "Тихие часы. До ср, 25 ноября, 09:00" in (await asked(room))["coming"]


async def test_the_next_steps_of_scenarios_and_campaigns_are_coming_too(room: Room) -> None:
    await make_consent(room.database, room.olga, purpose="marketing")
    await way(room, next_at=NOON + 2 * DAY)
    await campaign(room, 4, "Зима", state="planned", due_at=NOON + 5 * DAY)
    said = (await asked(room))["coming"]
    assert said.index("чт, 26 ноября, 12:00 · Сценарий") < said.index("вс, 29 ноября, 12:00 · Рассылка «Зима»")


async def test_a_step_whose_message_waits_already_is_told_once(room: Room) -> None:
    await make_consent(room.database, room.olga, purpose="marketing")
    await way(room, id=7, next_at=NOON + DAY)
    await message(room, "scenario:7:0", due_at=NOON + DAY)
    assert (await asked(room))["coming"].count("Сценарий") == 1


async def test_what_only_a_pause_took_back_is_still_to_come(room: Room) -> None:
    """It is written anew when the campaign, or the scenario, goes on; meanwhile it says that it rests."""
    await make_consent(room.database, room.olga, purpose="marketing")
    await campaign(room, 4, "Зима", state="planned", due_at=NOON + 5 * DAY)
    taken_back = {"state": "cancelled", "error": campaign_people.PAUSED, "due_at": NOON + 5 * DAY}
    await message(room, f"campaign:4:{room.olga}", **taken_back)
    await way(room, id=7, next_at=NOON + 2 * DAY)
    await message(room, "scenario:7:0", state="cancelled", error=journeys.PAUSED, due_at=NOON + 2 * DAY)
    said = await asked(room)
    assert said["spared"].endswith("Ничего.")
    assert said["coming"].count("\n•") == 2
    assert "на паузе" not in said["coming"]
    await room.database.write(lambda tx: tx.run(tables.campaigns.update().values(state="paused")))
    resting = {"scenario_id": "thanks", "since": NOON, "paused_at": NOON}
    await room.database.write(lambda tx: tx.run(tables.scenario_states.insert().values(**resting)))
    said = await asked(room)
    assert said["spared"].endswith("Ничего.")
    assert "Рассылка «Зима»\n   ⏳ Рассылка на паузе." in said["coming"]
    assert "Сценарий на паузе." in said["coming"]


async def test_who_was_left_when_a_paused_campaign_was_cancelled_is_spared_for_that_and_at_that_time(
    room: Room,
) -> None:
    await campaign(room, 4, "Зима", state="cancelled", reason="cancelled", due_at=NOON + 5 * DAY)
    await message(room, f"campaign:4:{room.olga}", state="cancelled", error=campaign_people.PAUSED)
    ended = {"state": "cancelled", "finished_at": NOON - HOUR}
    await room.database.write(lambda tx: tx.run(tables.campaigns.update().values(**ended)))
    said = await asked(room)
    assert "вт, 24 ноября, 11:00 · Рассылка «Зима»\n   Отменено." in said["spared"]
    assert "Ничего не запланировано" in said["coming"]


async def test_what_will_be_of_no_use_by_the_time_it_may_leave_is_not_said_to_wait(room: Room) -> None:
    """Twelve hours for a birthday's greeting, a day for a campaign's message: three days after the last one is too late."""
    await make_consent(room.database, room.olga, purpose="marketing")
    await message(room, "campaign:3:1", state="sent", sent_at=NOON)
    await way(room, scenario_id="birthday", next_at=NOON + HOUR)
    await campaign(room, 4, "Зима", state="planned", due_at=NOON + HOUR)
    said = (await asked(room))["coming"]
    assert said.count("не уйдёт") == 2
    assert "До " not in said


async def test_a_way_whose_message_is_settled_is_not_coming_as_well(room: Room) -> None:
    """Till the next look at the way, a minute later."""
    await way(room, id=7, next_at=NOON)
    skipped = {"verdict": "skip", "reason": "no-consent"}
    await message(room, "scenario:7:0", state="skipped", decision=skipped)
    await way(room, id=8, next_at=NOON, occurrence="2")
    await message(room, "scenario:8:0", state="sent", sent_at=NOON)
    await way(room, id=9, scenario_id="silence", next_at=NOON, occurrence="3")
    await message(room, "survey:nps:s9.0", purpose="survey", state="unknown")
    said = await asked(room)
    assert "Ничего не запланировано" in said["coming"]
    assert "Сценарий" in said["spared"]
    assert "Сценарий" in said["got"]
    assert "Опрос" in said["spared"]


async def test_a_scenario_that_is_to_begin_is_told_of_as_planned(room: Room) -> None:
    """As the preview of /scenarios has it, for this person: not for another, nor for who is of the control group."""
    scenario = room.office.place.playbooks.current.scenario("thanks")
    assert scenario is not None
    await make_consent(room.database, room.olga, purpose="marketing")
    known = {"scenario_id": "thanks", "since": NOON - DAY}
    await room.database.write(lambda tx: tx.run(tables.scenario_states.insert().values(**known)))
    other = await make_contact(room.database)
    await make_purchase(room.database, other, at=NOON)
    assert "Ничего не запланировано" in (await asked(room))["coming"]
    await make_purchase(room.database, room.olga, at=NOON)
    assert not scenario_ways.is_held_out(scenario, room.olga)
    assert (
        "вт, 1 декабря, 12:00 · Сценарий «Спасибо новым»\n   🗓 по плану сценария: ещё не началось"
        in (await asked(room))["coming"]
    )
    held = next(number for number in range(900, 1000) if scenario_ways.is_held_out(scenario, number))
    await make_contact(room.database, id=held)
    await make_purchase(room.database, held, at=NOON)
    (said,) = await room.bob.says(f"/why {held}")
    assert "Спасибо новым" not in said["text"]


async def test_a_way_that_ended_with_its_skipped_message_is_told_once_with_the_limit(room: Room) -> None:
    lost = {"verdict": "skip", "reason": "cap", "limit": ["marketing", 3, 30 * 86400]}
    await message(room, "scenario:7:0", state="skipped", decision=lost)
    await way(room, id=7, state="spared", reason="cap", ended_at=NOON)
    await way(room, id=8, state="spared", reason="too-late", ended_at=NOON, occurrence="2")
    said = (await asked(room))["spared"]
    assert said.count("Сценарий") == 2, "the other one never came to a message"
    assert "за 30 дней не больше 3" in said
    assert "Предел был исчерпан" not in said


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"state": "skipped", "decision": {"verdict": "skip", "reason": "no-consent"}}, "Нет согласия."),
        ({"state": "skipped", "decision": {"verdict": "skip", "reason": "topic-off"}}, "Отказ от этой темы."),
        ({"state": "cancelled", "error": "consent-withdrawn"}, "Согласие отозвано."),
        ({"state": "failed", "error": "Bad Request: <chat>"}, "«Bad Request: &lt;chat&gt;»."),
        ({"state": "unknown", "error": "no answer in time"}, "второй копии мы не шлём."),
        ({"state": "skipped", "error": "too-late"}, "В нём уже не было смысла."),
    ],
)
async def test_what_was_spared_says_why(room: Room, columns: dict[str, Any], why: str) -> None:
    await message(room, "campaign:3:1", **columns)
    assert why in (await asked(room))["spared"]


async def test_what_lost_its_place_names_the_limit_and_what_took_it(room: Room) -> None:
    await campaign(room, 5, "Праздник")
    other = await message(room, "campaign:5:1", state="sent", sent_at=NOON)
    lost = {"verdict": "skip", "reason": "cap", "limit": ["all", 1, 86400], "by": other}
    await message(room, "campaign:6:1", state="skipped", decision=lost)
    said = (await asked(room))["spared"]
    assert "Предел исчерпан: за 1 день не больше 1 из всего, о чём не просили." in said
    assert "Место заняло: Рассылка «Праздник»" in said


@pytest.mark.parametrize("reason", ["spam", "no-consent", "unreachable", "paused", "topic"])
async def test_for_whatever_a_campaign_spared_them_when_it_was_planned_there_are_words(room: Room, reason: str) -> None:
    await campaign(room, 4, "Зима", state="skipped", reason=reason)
    said = (await asked(room))["spared"].splitlines()[-1].strip()
    assert said[0].isupper(), f"in words, not «{reason}»"


async def test_control_groups_and_ways_that_ended_are_spared_for_their_reason(room: Room) -> None:
    await campaign(room, 4, "Зима", state="control")
    await way(room, state="holdout")
    await way(room, state="left", occurrence="2", ended_at=NOON)
    said = (await asked(room))["spared"]
    for part in ("Контрольная группа", "Группа сравнения", "Вышел из сценария"):
        assert part in said


async def test_what_a_manager_answered_is_no_part_of_it(room: Room) -> None:
    await message(room, "reply:1", purpose="service", state="sent", sent_at=NOON)
    assert "Пока ничего" in (await asked(room))["got"]


async def test_a_hundred_long_messages_fit_one_screen(room: Room) -> None:
    await campaign(room, 3, "Щ" * 80)
    for number in range(40):
        state = ("sent", "pending", "skipped", "failed")[number % 4]
        error = "E" * 300 if state == "failed" else None
        await message(room, f"campaign:3:{number}", state=state, error=error, payload={"text": "Ж" * 3000})
    (said,) = await room.bob.says(f"/why {room.olga}")
    assert len(said["text"].encode("utf-16-le")) // 2 <= 4096


async def test_the_cards_button_opens_it_in_place_and_leads_back(room: Room) -> None:
    (card,) = await room.bob.says(f"/card {room.olga}")
    assert f"whyof:{room.olga}" in str(card["buttons"])
    (said,) = await room.bob.presses(f"whyof:{room.olga}")
    assert said["buttons"][-1][0]["data"] == f"card:{room.olga}:in"


async def test_a_viewer_is_not_told(room: Room) -> None:
    (said,) = await room.vera.says(f"/why {room.olga}")
    assert "Реклама" not in said["text"]
    (card,) = await room.vera.says(f"/card {room.olga}")
    assert "whyof" not in str(card["buttons"])
