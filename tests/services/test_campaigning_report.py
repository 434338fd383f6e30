"""What a campaign came to: figures, a test's winner, money beside the control group, a sheet and a picture."""

from __future__ import annotations

import functools
from datetime import timedelta
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from crm.campaign_letters import Choice, Options
from locales import words_in
from scheduler import campaign_files
from services import campaigning, campaigning_report, extracting, pressing
from storage import campaign_facts, campaigns, export_rows, outbox
from storage.engine import Database
from tests.services.campaign_post import Post, make_readers
from tests.storage.makers import make_purchase
from views import campaign_report_screens
from views.staff_names import Reader


@pytest.fixture
async def post(database: Database) -> Post:
    return await Post(database).open()


async def seen(post: Post, number: int) -> campaign_report_screens.Seen:
    async with post.database.read() as db:
        draft = await campaigning.get(db, post.owner, number)
        return campaigning_report.seen(post.office.place, draft, await campaigning_report.report(db, draft))


async def press(post: Post, number: int, who: list[int]) -> None:
    now = post.clock.now()
    for one in who:
        key = f"campaign:{number}:{one}"
        await post.write(functools.partial(pressing.note, key=key, button="link", contact_id=one, now=now))


async def test_the_figures_and_the_words_for_them(post: Post, database: Database) -> None:
    readers = await make_readers(database, 10)
    choices = (Choice("link", "Look", "https://example.com"), Choice("promo", "Copy", "SPRING"), Choice("call", ""))
    number = await post.campaign(choices=choices)
    await post.run(outcome=lambda row: "failed" if row.contact_id == readers[0] else "sent")
    await press(post, number, readers[1:4])
    await make_purchase(database, readers[1], 150_00, at=post.clock.now() + timedelta(days=2))
    await make_purchase(database, readers[2], 99_00, at=post.clock.now() + timedelta(days=15))
    reader = Reader(words_in("en"), post.office.place.timezone, post.clock.now())
    text = campaign_report_screens.report(reader, await seen(post, number)).text
    for line in (
        "Sent: 9",
        "Pressed: 3 (33.3 %)",
        "Bought: 1",
        "blocked the bot: 1",
        "Look: 3",
        "Call me: 0",
        "1 person bought, for",
    ):
        assert line in text, line
    assert "Copy: Telegram does not tell of presses" in text


async def test_the_winner_of_a_test_goes_to_the_rest(post: Post, database: Database) -> None:
    readers = await make_readers(database, 120)
    number = await post.campaign(variants=("A", "B"), options=Options(test=50, decide=4))
    await post.run()
    tried = {row.contact_id: row.variant for row in await post.people(number) if row.state == "sent"}
    assert 40 <= len(tried) <= 80
    await press(post, number, [one for one, variant in tried.items() if variant == "b"])
    assert (await post.row(number)).state == "testing"
    post.clock.move(timedelta(hours=4))
    await post.run()
    campaign = await post.row(number)
    assert (campaign.state, campaign.winner) == ("done", "b")
    rest = [row for row in await post.people(number) if row.contact_id not in tried]
    assert {row.variant for row in rest} == {"b"}
    assert len(rest) + len(tried) == len(readers)
    assert "Variant B has won" in await post.progress(number)


async def test_without_a_winner_the_rest_get_the_variants_in_parts(post: Post, database: Database) -> None:
    await make_readers(database, 60)
    number = await post.campaign(variants=("A", "B"), options=Options(test=50, decide=1))
    await post.run()
    post.clock.move(timedelta(hours=1))
    await post.run()
    campaign = await post.row(number)
    assert (campaign.state, campaign.winner) == ("done", None)
    assert {row.variant for row in await post.people(number)} == {"a", "b"}


async def test_revenue_is_told_beside_that_of_the_control_group(post: Post, database: Database) -> None:
    await make_readers(database, 100)
    number = await post.campaign(options=Options(control=20))
    await post.run()
    people = await post.people(number)
    control = [row.contact_id for row in people if row.state == "control"]
    reached = [row.contact_id for row in people if row.state == "sent"]
    assert len(control) + len(reached) == 100
    for one in (*reached[:30], *control[:1]):
        await make_purchase(database, one, 100_00, at=post.clock.now() + timedelta(days=1))
    async with database.read() as db:
        got = await campaign_facts.bought(db, number, control=False)
        beside = await campaign_facts.bought(db, number, control=True)
    assert got == (len(reached), 30, 3_000_00)
    assert beside == (len(control), 1, 100_00)
    found = await seen(post, number)
    assert found.extra == 3_000_00 - round(100_00 * len(reached) / len(control))
    reader = Reader(words_in("en"), post.office.place.timezone, post.clock.now())
    assert "beyond what would have been bought anyway" in campaign_report_screens.report(reader, found).text


async def test_the_sheet_holds_everybody(post: Post, database: Database, tmp_path: Any) -> None:
    post.office.place.data_folder = str(tmp_path)
    await make_readers(database, 3)
    number = await post.campaign()
    await post.run()
    await post.write(lambda tx: extracting.order_campaign(tx, post.owner, number, language="en", now=post.clock.now()))
    await campaign_files.write(post.office, {"campaign": number, "language": "en", "export": 1})
    async with database.read() as db:
        sent = await outbox.by_key(db, "export:1")
    assert sent is not None
    book = CalamineWorkbook.from_path(str(tmp_path / sent.payload["attachment"]["path"]))
    rows = book.get_sheet_by_index(0).to_python()
    assert tuple(rows[0][:5]) == ("Card", "Name", "Username", "Variant", "What became of it")
    assert [(row[1], row[4]) for row in rows[1:]] == [(f"Reader {n}", "sent") for n in range(3)]
    async with database.read() as db:
        (logged,) = await export_rows.latest(db, limit=5)
        campaign = await campaigns.get(db, number)
    assert campaign is not None
    assert logged.segment == campaign.name, "the log would tell of the whole base"


async def test_the_chart_holds_a_bar_for_each_step_of_each_variant(post: Post, database: Database) -> None:
    await make_readers(database, 8)
    number = await post.campaign(variants=("A", "B"))
    await post.run()
    chart = campaign_report_screens.chart(words_in("en"), await seen(post, number))
    assert [name for name, _ in chart["series"]] == ["Variant A", "Variant B"]
    assert sum(counts[0] for _, counts in chart["series"]) == 8
    assert len(chart["steps"]) == len(chart["series"][0][1]) == 5
