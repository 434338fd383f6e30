"""Surveys put by hand: counted, confirmed, once to each, and only to whom they may be put."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import text

from scheduler import survey_rounds
from storage import contacts, tables
from storage.engine import Tx
from tests.clocks import NOON
from tests.handlers.staff.rooms import BOB, Room, buttons
from tests.places import make_office
from tests.storage.makers import make_consent, make_contact


async def surveys(room: Room) -> list[Any]:
    return [row for row in await room.rows("outbox") if row.key.startswith("survey:")]


async def worked(room: Room) -> None:
    """Long work has done what was ordered."""
    office = make_office(room.database, place=room.office.place, clock=room.office.clock)
    for job in await room.rows("work", kind="survey"):
        await survey_rounds.put_by_hand(office, job.payload)


async def test_a_survey_is_counted_before_it_is_put_and_put_once_to_each(room: Room) -> None:
    taras = await make_contact(room.database, name="Taras", tags=["vip"], requests=1)
    await make_contact(room.database, name="Rested not", tags=["vip"], requests=1, last_survey_at=NOON)
    refused = await make_contact(room.database, name="Refused", tags=["vip"], requests=1)
    await make_consent(room.database, refused, purpose="survey", granted=False)
    await make_contact(room.database, name="Blocked", tags=["vip"], requests=1, reachable=False)
    (shown,) = await room.bob.says("/survey nps tag:vip")
    assert "tag:vip" in shown["text"]
    # The survey's own segment leaves out who was asked within 90 days, and says so.
    assert [line.rpartition(" ")[2] for line in shown["text"].split("\n")[1:5]] == ["4", "3", "1", "1"]
    assert "The survey is for <code>requests&gt;=1 last_survey&gt;90d</code>" in shown["text"]
    assert buttons(shown) == ["svsend:nps", "drop"]
    said = await room.latest(BOB)
    await room.bob.presses("svsend:nps", message_id=said.message_id)
    await room.bob.presses("svsend:nps", message_id=said.message_id)
    assert len(await room.rows("work", kind="survey")) == 1
    await worked(room)
    await worked(room)
    (row,) = await surveys(room)
    assert (row.contact_id, row.purpose) == (taras, "survey")
    told = await room.row("outbox", id=said.id)
    assert "1 person" in told.payload["text"]


async def test_a_survey_is_called_by_its_title_in_each_readers_language(room: Room) -> None:
    """Its id is what one types, and nothing else."""
    await _answered(room, score=3)
    (listed,) = await room.vera.says("/surveys")
    assert "Would they recommend us" in listed["text"]
    (usage,) = await room.bob.says("/survey")
    assert "nps (Would they recommend us)" in usage["text"]
    ukrainian = tables.staff.update().where(tables.staff.c.name == "Vera").values(language="uk")
    await room.database.write(lambda tx: tx.run(ukrainian))
    (card,) = await room.vera.presses(f"card:{room.olga}")
    assert "Чи порадять друзям 3/10" in card["text"]


async def test_a_survey_is_put_to_one_person_from_the_card(room: Room) -> None:
    (shown,) = await room.bob.presses(f"svask:{room.olga}")
    assert f"svone:{room.olga}:nps" in buttons(shown)
    await room.bob.presses(f"svone:{room.olga}:nps")
    (row,) = await surveys(room)
    assert (row.contact_id, row.recipe["survey"]) == (room.olga, "nps")


async def test_who_was_asked_lately_is_not_asked_from_the_card_either(room: Room) -> None:
    async def asked(tx: Tx) -> None:
        await contacts.change(tx, room.olga, last_survey_at=NOON - timedelta(days=2), now=NOON)

    await room.database.write(asked)
    assert await room.bob.presses(f"svone:{room.olga}:nps") == []
    assert "short while ago" in room.office.ears.toasts[-1]
    assert await surveys(room) == []


async def test_a_survey_there_is_not_is_answered_with_those_there_are(room: Room) -> None:
    (said,) = await room.bob.says("/survey npss tag:vip")
    assert "nps" in said["text"]
    assert "visit" in said["text"]
    (said,) = await room.bob.says("/survey")
    assert "/survey nps tag:vip" in said["text"]


async def test_a_viewer_puts_no_survey(room: Room) -> None:
    await room.vera.says("/survey nps tag:vip")
    await room.vera.presses(f"svone:{room.olga}:nps")
    assert await surveys(room) == []


async def test_a_card_counts_who_came_by_the_persons_link(room: Room) -> None:
    friend = room.office.person(911, "Iryna")
    await friend.says(f"/start ref_{room.olga}")
    await friend.says("/start ads_may")
    (shown,) = await room.bob.says(f"/card {room.olga}")
    assert "Brought 1 person" in shown["text"]
    plan = await _plan(room)
    assert "ix_contacts_referred" in plan


async def _plan(room: Room) -> str:
    """How the database finds them: a card must open as fast at any size of the base."""
    query = "SELECT count(*) FROM contacts WHERE source_first = ? AND substr(source_first, 1, 4) = 'ref_'"
    async with room.database.read() as db:
        rows = await db.all(text(f"EXPLAIN QUERY PLAN {query.replace('?', ':source')}"), {"source": "ref_1"})
    return str(rows)


async def _answered(room: Room, **more: Any) -> None:
    number = len(await room.rows("survey_answers"))
    values = {"survey_id": "nps", "kind": "nps", "asked_at": NOON, "scored_at": NOON, "finished_at": NOON} | more

    async def unit(tx: Tx) -> None:
        statement = tables.survey_answers.insert()
        await tx.run(statement.values(key=f"survey:nps:{number}", contact_id=room.olga, **values))

    await room.database.write(unit)


async def test_the_page_of_a_survey_has_its_figure_with_the_interval_and_its_bars(room: Room) -> None:
    for score in (10, 10, 9, 7, 3):
        await _answered(room, score=score, staff_id=room.bob_id)
    (listed,) = await room.vera.says("/surveys")
    assert "NPS 40" in listed["text"]
    assert "5 of 5 answered (100 %)" in listed["text"]
    assert "sv:nps" in buttons(listed)
    (shown,) = await room.vera.presses("sv:nps")
    assert "NPS 40 (likely from" in shown["text"]
    assert "Mean score: 7.8" in shown["text"]
    assert "10 ▇▇▇▇▇▇▇▇▇▇▇▇ 2 (40 %)" in shown["text"]
    assert "\n4 0 (0 %)\n" in shown["text"]
    (shown,) = await room.vera.presses("svby:manager:nps")
    assert "Bob: NPS 40" in shown["text"]
    (shown,) = await room.vera.presses("svby:service:nps")
    assert "Nothing to compare" in shown["text"]


async def test_a_card_has_the_latest_score_of_each_survey(room: Room) -> None:
    await _answered(room, score=3)
    await _answered(room, score=9, scored_at=NOON + timedelta(days=1))
    await _answered(room, score=4, survey_id="visit", kind="csat")
    await _answered(room, score=None, survey_id="care", kind="own")
    (shown,) = await room.bob.says(f"/card {room.olga}")
    assert "⭐ Would they recommend us 9/10 · Visit rating ★★★★☆" in shown["text"]


async def test_what_people_wrote_is_read_page_by_page_and_searched(room: Room) -> None:
    for number in range(8):
        await _answered(room, score=3, comment=f"Waited {number} minutes" if number else "<b>Lovely</b>")
    (shown,) = await room.vera.presses("svc:0:nps")
    assert shown["text"].count("Waited") == 6
    assert f"card:{room.olga}" in buttons(shown)
    assert "svc:6:nps" in buttons(shown)
    (shown,) = await room.vera.presses("svc:6:nps")
    assert "&lt;b&gt;Lovely" in shown["text"]
    (shown,) = await room.vera.says("/surveys lovely")
    assert shown["text"].count("blockquote") == 2
    assert shown["protect"]


async def test_stars_are_shown_as_stars_and_other_scores_as_figures(room: Room) -> None:
    await _answered(room, score=4, survey_id="visit", kind="csat", comment="Warm")
    await _answered(room, score=4, comment="Cold")
    (shown,) = await room.vera.presses("svc:0:visit")
    assert "Olga Koval · ★★★★☆ · " in shown["text"]
    (shown,) = await room.vera.presses("svc:0:nps")
    assert "Olga Koval · 4 · " in shown["text"]


async def test_a_survey_never_put_has_no_share_of_answers(room: Room) -> None:
    (shown,) = await room.vera.says("/surveys")
    assert "no scores yet · not asked yet" in shown["text"]
    assert "0 of 0" not in shown["text"]
    (shown,) = await room.vera.presses("sv:nps")
    assert "not asked yet" in shown["text"]
