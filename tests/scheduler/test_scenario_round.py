"""Scenarios by a fake clock: who enters, what arrives and when, and what ends a way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from services import scenario_keeping
from storage import contact_values, contacts, journeys, purchases, tables, tags
from storage.engine import Database
from tests.clocks import NOON
from tests.scheduler.living import DAY, HOUR, Living
from tests.storage.makers import make_consent, make_contact, make_purchase, make_staff

THANKS = """
[[message]]
id = "thanks"
text = { ru = "Спасибо, {name}!", uk = "Дякуємо, {name}!", en = "Thank you, {name}!" }
button = [{ form = "booking" }]

[[scenario]]
id = "thanks"
trigger = "first_purchase + 7d"
segment = "-tag:wholesale"
message = "thanks"
"""
SERVICE = 'purpose = "service"\n'


async def person(database: Database, **columns: Any) -> int:
    """Somebody who agreed to advertising."""
    contact = await make_contact(database, **{"name": "Оксана", "timezone": "Europe/Kyiv"} | columns)
    await make_consent(database, contact, purpose="marketing")
    return contact


async def born(database: Database, contact: int, birthday: str) -> None:
    async def unit(tx: Any) -> None:
        await contact_values.note_kinds(tx, {"birthday": "birthday"})
        await contacts.change(tx, contact, fields={"birthday": birthday}, now=NOON)

    await database.write(unit)


async def states(living: Living) -> list[tuple[str, str | None]]:
    return [(row.state, row.reason) for row in await living.rows("journeys")]


async def test_a_week_after_the_first_purchase_thanks_arrive_once(database: Database) -> None:
    living = Living(database, THANKS)
    await living.tick()
    oksana = await person(database)
    await make_purchase(database, oksana, at=NOON + HOUR)
    assert await living.live(7 * DAY, step=12 * HOUR) == []
    (thanks,) = await living.live(2 * HOUR)
    assert (thanks.contact_id, thanks.text) == (oksana, "Дякуємо, Оксана!")
    assert thanks.at - NOON - HOUR - 7 * DAY <= HOUR
    await make_purchase(database, oksana, at=living.clock.now())
    assert await living.live(20 * DAY, step=DAY) == []
    assert await states(living) == [("done", None)]


async def test_what_happened_before_the_scenario_was_written_begins_nothing(database: Database) -> None:
    living = Living(database, THANKS)
    oksana = await person(database)
    await make_purchase(database, oksana, at=NOON - DAY)
    assert await living.live(9 * DAY, step=DAY) == []
    assert await living.rows("journeys") == []


async def test_the_segment_is_asked_when_entering_and_again_when_sending(database: Database) -> None:
    living = Living(database, THANKS)
    await living.tick()
    wholesaler, later, other = [await person(database) for _ in range(3)]
    await living.database.write(lambda tx: tag(tx, wholesaler))
    for one in (wholesaler, later, other):
        await make_purchase(database, one, at=NOON + 10 * HOUR)  # in a week, quiet hours hold it
    await living.live(7 * DAY + 10 * HOUR, step=10 * HOUR)
    assert {row.contact_id for row in await living.rows("journeys")} == {later, other}
    await living.database.write(lambda tx: tag(tx, later))
    assert [one.contact_id for one in await living.live(DAY)] == [other]
    assert sorted(await states(living)) == [("done", None), ("left", "segment")]


async def tag(tx: Any, contact: int) -> None:
    await tags.add(tx, contact, ["wholesale"], now=NOON)


async def test_a_purchase_given_back_is_no_reason_for_thanks(database: Database) -> None:
    living = Living(database, THANKS)
    await living.tick()
    oksana = await person(database)
    await make_purchase(database, oksana, at=NOON + 10 * HOUR)
    await living.live(7 * DAY + 10 * HOUR, step=10 * HOUR)
    await database.write(lambda tx: give_back(tx, oksana))
    assert await living.live(2 * DAY) == []
    assert await states(living) == [("left", "undone")]


async def give_back(tx: Any, contact: int) -> None:
    await tx.run(update(tables.purchases).values(refunded=tables.purchases.c.value))
    await purchases.recompute(tx, [contact])


LAST = """
[[scenario]]
id = "offer"
trigger = "last_purchase + 30d"
hour = "11:00"
text = { ru = "Ждём", uk = "Чекаємо", en = "Come" }
"""


async def test_thirty_days_count_from_the_last_purchase_and_leave_at_the_persons_hour(database: Database) -> None:
    living = Living(database, LAST)
    await living.tick()
    almaty = await person(database, timezone="Asia/Almaty")
    await make_purchase(database, almaty, at=NOON + HOUR)
    await make_purchase(database, almaty, at=NOON + 10 * DAY)
    await living.live(38 * DAY, step=5 * DAY)
    (offer,) = await living.live(4 * DAY, step=3 * HOUR)
    # The 10th + 30 days, 11:00 in Almaty is 06:00 UTC.
    assert offer.at.replace(minute=0) - datetime(2027, 1, 3, 6, tzinfo=UTC) < 3 * HOUR
    await living.live(20 * DAY, step=5 * DAY)
    (way,) = await living.rows("journeys")
    assert way.entered_at == datetime(2027, 1, 3, 6, tzinfo=UTC)


SILENCE = """
[[scenario]]
id = "silence"
trigger = "silence 90d"
segment = "purchases>=1"
text = { ru = "Давно не виделись", uk = "Давно не бачилися", en = "Long time no see" }
"""


async def test_ninety_days_of_silence_are_noticed_once(database: Database) -> None:
    living = Living(database, SILENCE)
    await living.tick()
    quiet, loud, never = [await person(database) for _ in range(3)]
    for one in (quiet, loud):
        await make_purchase(database, one, at=NOON + HOUR)
    await living.live(50 * DAY, step=10 * DAY)
    now = living.clock.now()
    await database.write(lambda tx: contacts.change(tx, loud, last_in_at=now, now=now))
    said = await living.live(39 * DAY, step=10 * DAY) + await living.live(4 * DAY, step=6 * HOUR)
    said += await living.live(20 * DAY, step=5 * DAY)
    assert [one.contact_id for one in said] == [quiet]
    assert abs(said[0].at - NOON - HOUR - 90 * DAY) <= DAY / 2
    assert never not in {row.contact_id for row in await living.rows("journeys")}


BIRTHDAY = """
[[scenario]]
id = "birthday"
trigger = "birthday"
hour = "10:00"
purpose = "service"
text = { ru = "С днём рождения!", uk = "З днем народження!", en = "Happy birthday!" }
"""


async def test_every_birthday_is_greeted_once_a_year_that_of_29_february_too(database: Database) -> None:
    living = Living(database, BIRTHDAY, at=datetime(2026, 12, 30, 10, tzinfo=UTC))
    await living.tick()
    leap, new_year, kiritimati = [
        await person(database, timezone=zone) for zone in ("Europe/Kyiv", "America/New_York", "Pacific/Kiritimati")
    ]
    await born(database, leap, "1992-02-29")
    await born(database, new_year, "--01-01")
    await born(database, kiritimati, "--01-01")
    said = []
    for year, month, day in ((2026, 12, 30), (2027, 2, 26), (2027, 12, 30), (2028, 2, 26), (2028, 12, 20)):
        # Nothing is due between: the clock may leap over it.
        living.clock.move_to(datetime(year, month, day, 10, tzinfo=UTC))
        said += await living.live(5 * DAY, step=4 * HOUR)
    when = {one: [that.at.date().isoformat() for that in said if that.contact_id == one] for one in (leap, new_year)}
    assert when == {leap: ["2027-02-28", "2028-02-29"], new_year: ["2027-01-01", "2028-01-01"]}
    # Ten in the morning of 1 January on Kiritimati is 20:00 of 31 December in Greenwich.
    first = next(that.at for that in said if that.contact_id == kiritimati)
    assert first.date().isoformat() == "2026-12-31"


async def test_a_downtime_of_eight_hours_makes_up_for_one_message_a_person(database: Database) -> None:
    both = BIRTHDAY + BIRTHDAY.replace('"birthday"\ntrigger', '"present"\ntrigger').replace("hour", "value = 5\nhour")
    living = Living(database, both)
    await living.tick()
    oksana = await person(database)
    await born(database, oksana, "--11-26")
    await living.live(DAY)
    await living.down(27 * HOUR)  # until 15:00 of the 26th in Kyiv: both were due at 10:00
    said = await living.live(5 * HOUR)
    assert [one.contact_id for one in said] == [oksana]
    kept = {row.scenario_id: (row.state, row.reason) for row in await living.rows("journeys")}
    assert kept == {"present": ("done", None), "birthday": ("spared", "catch-up")}


async def test_a_greeting_missed_by_a_day_is_not_made_up_for(database: Database) -> None:
    living = Living(database, BIRTHDAY)
    await living.tick()
    oksana = await person(database)
    await born(database, oksana, "--11-26")
    await living.down(5 * DAY)
    assert await living.live(2 * DAY) == []


async def test_a_round_that_is_done_again_and_again_says_nothing_twice(database: Database) -> None:
    living = Living(database, THANKS)
    await living.tick()
    for _ in range(5):
        await make_purchase(database, await person(database), at=NOON + HOUR)
    await living.live(7 * DAY, step=DAY)
    for _ in range(20):
        await living.live(6 * timedelta(minutes=10), step=timedelta(minutes=10))
    assert len(living.arrived) == 5


async def test_the_clock_turned_back_says_nothing_twice_and_does_not_fall_silent(database: Database) -> None:
    living = Living(database, THANKS + SERVICE)
    await living.tick()
    oksana, olena = [await person(database) for _ in range(2)]
    await make_purchase(database, oksana, at=NOON + HOUR)
    await living.live(8 * DAY, step=8 * HOUR)
    living.clock.move(-2 * DAY)
    await make_purchase(database, olena, at=living.clock.now())
    said = await living.live(8 * DAY, step=8 * HOUR)
    assert [one.contact_id for one in said] == [olena]


HELD = (
    THANKS.replace('message = "thanks"', 'variant = ["thanks", "again"]\nholdout = "30%"')
    + """
[[message]]
id = "again"
text = { ru = "Снова", uk = "Знову", en = "Again" }
"""
)


async def test_a_share_is_only_watched_and_the_variants_are_split_by_lot(database: Database) -> None:
    living = Living(database, HELD)
    await living.tick()
    for _ in range(120):
        await make_purchase(database, await person(database), at=NOON + HOUR)
    await living.live(8 * DAY, step=12 * HOUR)
    ways = await living.rows("journeys")
    held = [row for row in ways if row.state == "holdout"]
    assert 18 <= len(held) <= 55
    assert len(living.arrived) == 120 - len(held)
    assert not {row.contact_id for row in held} & {one.contact_id for one in living.arrived}
    again = sum("Знову" in one.text for one in living.arrived)
    assert 20 <= again <= 70


async def test_editing_plans_anew_what_is_not_sent_yet(database: Database) -> None:
    living = Living(database, BIRTHDAY)
    await living.tick()
    oksana = await person(database)
    await born(database, oksana, "--11-25")
    await living.live(2 * HOUR)
    assert [row.entered_at.hour for row in await living.rows("journeys")] == [8]  # ten in Kyiv
    living.change(BIRTHDAY.replace("10:00", "15:00").replace("Happy", "A very happy").replace("З днем", "Із днем"))
    await living.live(2 * HOUR)
    assert [row.entered_at.hour for row in await living.rows("journeys")] == [13]
    (said,) = await living.live(2 * DAY)
    assert (said.text[:7], said.at.hour) == ("Із днем", 13)


async def test_a_scenario_that_is_taken_out_says_nothing_more(database: Database) -> None:
    living = Living(database, BIRTHDAY)
    await living.tick()
    await born(database, await person(database), "--11-25")
    await living.live(2 * HOUR)
    living.change(THANKS)
    assert await living.live(2 * DAY) == []
    assert await states(living) == [("left", "dropped")]


async def test_a_pause_holds_what_waits_and_what_happens_meanwhile_begins_nothing(database: Database) -> None:
    living = Living(database, THANKS)
    await living.tick()
    before, meanwhile = await person(database), await person(database)
    owner = await make_staff(database, role="owner")
    await make_purchase(database, before, at=NOON + 10 * HOUR)
    await living.live(7 * DAY + 10 * HOUR, step=10 * HOUR)  # its message waits for the morning
    assert await database.write(lambda tx: journeys.pause(tx, "thanks", staff_id=owner, now=living.clock.now()))
    await make_purchase(database, meanwhile, at=living.clock.now() - 7 * DAY)
    assert await living.live(DAY) == []
    await database.write(lambda tx: journeys.resume(tx, "thanks", staff_id=owner, now=living.clock.now()))
    assert [one.contact_id for one in await living.live(DAY)] == [before]


async def test_without_consent_to_advertising_the_way_ends_and_says_why(database: Database) -> None:
    living = Living(database, THANKS)
    await living.tick()
    oksana = await make_contact(database)
    await make_purchase(database, oksana, at=NOON + HOUR)
    assert await living.live(8 * DAY, step=8 * HOUR) == []
    assert await states(living) == [("spared", "no-consent")]


@pytest.mark.parametrize("trigger", ["womens-day", "03-08", "0 11 8 3 *"])
async def test_bought_before_8_march_last_year_is_one_line(database: Database, trigger: str) -> None:
    written = f"""
[[scenario]]
id = "march"
trigger = "{trigger}"
segment = "purchases>=1 last_purchase<2027-01-01"
text = {{ ru = "С 8 марта", uk = "З 8 березня", en = "8 March" }}
"""
    living = Living(database, written, at=datetime(2027, 3, 1, 10, tzinfo=UTC))
    await living.tick()
    bought, fresh = await person(database), await person(database)
    await make_purchase(database, bought, at=datetime(2026, 3, 1, tzinfo=UTC))
    await make_purchase(database, fresh, at=datetime(2027, 2, 1, tzinfo=UTC))
    said = await living.live(12 * DAY, step=6 * HOUR)
    assert [(one.contact_id, one.at.date().isoformat()) for one in said] == [(bought, "2027-03-08")]


def by_calendar(trigger: str, hour: str = "") -> str:
    text = 'text = { ru = "Скоро", uk = "Скоро", en = "Soon" }'
    return f'\n[[scenario]]\nid = "soon"\npurpose = "service"\ntrigger = "{trigger}"\n{hour}\n{text}\n'


@pytest.mark.parametrize(
    ("trigger", "hour", "arrives"),
    [
        (
            "0 12 1 * * - 3d",
            'hour = "10:00"',
            [datetime(2026, 11, 28, 8, tzinfo=UTC), datetime(2026, 12, 29, 8, tzinfo=UTC)],
        ),
        ("0 12 1 * * + 2d", 'hour = "18:00"', [datetime(2026, 12, 3, 16, tzinfo=UTC)]),
        ("0 12 1 * * + 2d", "", [datetime(2026, 12, 3, 10, tzinfo=UTC)]),
        ("0 12 1 * * - 90m", "", [datetime(2026, 12, 1, 8, 30, tzinfo=UTC)]),
    ],
)
async def test_the_calendar_may_be_counted_from_in_days_at_an_hour_where_the_person_lives(
    database: Database, trigger: str, hour: str, arrives: list[datetime]
) -> None:
    living = Living(database, by_calendar(trigger, hour))
    await living.tick()
    await person(database)
    end = living.clock.now() + 36 * DAY
    for at in arrives:
        await living.live(at - HOUR - living.clock.now(), step=6 * HOUR)
        await living.live(2 * HOUR, step=HOUR / 2)
    await living.live(end - living.clock.now(), step=6 * HOUR)
    assert [one.at for one in living.arrived] == arrives


async def test_a_calendar_of_every_day_at_an_hour_of_the_persons_arrives_every_day(database: Database) -> None:
    living = Living(database, by_calendar("0 9 * * *", 'hour = "18:00"'))
    await living.tick()
    await person(database)
    said = await living.live(4 * DAY, step=HOUR)
    assert [one.at for one in said] == [NOON.replace(hour=16) + number * DAY for number in range(4)]


async def test_the_preview_counts_a_moved_calendar_on_its_own_days(database: Database) -> None:
    living = Living(database, by_calendar("0 12 1,3 * * + 2d", 'hour = "18:00"'))
    await living.tick()
    await person(database)
    async with database.read() as db:
        coming = await scenario_keeping.coming(db, living.place, days=10, now=living.clock.now())
    assert {day.isoformat(): count for (day, _), count in coming.counts.items()} == {"2026-12-03": 1}
    async with database.read() as db:
        coming = await scenario_keeping.coming(db, living.place, days=12, now=living.clock.now())
    assert {day.isoformat(): count for (day, _), count in coming.counts.items()} == {"2026-12-03": 1, "2026-12-05": 1}
