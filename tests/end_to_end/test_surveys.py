"""Surveys over the whole product: put by hand, answered in part, reminded of once, over in time; what follows an answer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from storage import tables
from tests.end_to_end.conftest import PLAYBOOKS, World, Worlds
from tests.end_to_end.test_time import meet_olga, rows
from tests.patience import eventually


async def put(world: World, survey: str) -> None:
    """Bob puts a survey to everybody the bot knows."""
    await world.bob.says(f"/survey {survey}")
    await world.bob.sees("Were not asked lately: 1")
    await world.bob.presses("Ask 1 person")
    await world.bob.sees("is put to 1 person")


async def surveys_sent(world: World) -> list[str]:
    async with world.bot.database.read() as reads:
        found = await reads.all(select(tables.outbox).where(tables.outbox.c.key.startswith("survey")))
    return sorted(row.key.partition(":")[0] for row in found if row.state == "sent")


async def test_own_questions_are_put_by_hand_left_reminded_of_once_and_gone_on_with(worlds: Worlds) -> None:
    async with worlds() as world:
        olga = await meet_olga(world)
        await put(world, "care")
        asked = await world.olga.sees("три запитання про салон", "Відповісти")
        await world.olga.presses("Відповісти")
        await world.olga.sees("Чи легко до нас записатися?")
        await world.olga.presses("Важко")
        await world.bob.sees("low rating", "Ольга", "2 out of 5")
        await world.olga.sees("Що заважає?")
        [part] = await rows(world, tables.survey_answers)
        assert (part.score, part.finished_at) == (2, None)

        world.clock.move(timedelta(days=2, seconds=5))
        await world.olga.sees("Нагадаємо", "Відповісти")
        world.clock.move(timedelta(days=3))

        await world.olga.presses("Відповісти")
        await world.olga.sees("Що заважає?")
        await world.olga.says("Немає запису на вечір")
        await world.olga.sees("Чого вам у нас бракує?")
        await world.olga.presses("▫️ Вечірні години")
        await world.olga.presses("Готово")
        await world.olga.sees("Усе прочитаємо")
        await world.bob.sees("Немає запису на вечір")
        [whole] = await rows(world, tables.survey_answers)
        assert whole.finished_at is not None
        assert [one["value"] for one in whole.answers] == ["2", "Немає запису на вечір", ["evenings"]]
        [task] = await rows(world, tables.tasks)
        assert task.contact_id == olga.id
        assert asked.id

        await world.bob.says("/surveys вечір")
        await world.bob.sees("Ольга", "Немає запису на вечір")
        assert await surveys_sent(world) == ["survey", "surveyagain"]


async def test_after_its_deadline_a_survey_is_answered_kindly_and_counts_for_nothing(worlds: Worlds) -> None:
    async with worlds() as world:
        await meet_olga(world)
        await put(world, "care")
        await world.olga.sees("три запитання")
        world.clock.move(timedelta(days=15))
        await world.olga.presses("Відповісти")
        await world.desk.settled()
        assert await rows(world, tables.survey_answers) == []


async def test_a_promoter_gets_a_link_for_a_friend_and_the_card_counts_who_came(worlds: Worlds) -> None:
    async with worlds() as world:
        olga = await meet_olga(world)
        await put(world, "nps")
        await world.olga.sees("10")
        await world.olga.presses("10")
        await world.olga.sees("Ви найкращі", "Порадити друзям")
        await world.taras.says(f"/start ref_{olga.id}")
        await world.taras.sees()
        await world.bob.says(f"/card {olga.id}")
        await world.bob.sees("Brought 1 person")
        await world.bob.says("/surveys")
        await world.bob.sees("NPS 100")


async def test_who_was_asked_is_left_alone_for_a_month(worlds: Worlds) -> None:
    async with worlds() as world:
        await meet_olga(world)
        await put(world, "nps")
        await world.olga.sees("10")
        world.clock.move(timedelta(days=20))
        await world.bob.says("/survey care")
        await world.bob.sees("Were not asked lately: 0", "nobody to ask")


async def test_a_poll_of_telegrams_is_a_survey_like_any_other(worlds: Worlds, tmp_path: Path) -> None:
    text = (PLAYBOOKS / "salon.toml").read_text(encoding="utf-8").replace('kind = "nps"', 'kind = "nps"\nas = "poll"')
    (tmp_path / "polls.toml").write_text(text, encoding="utf-8")
    async with worlds(playbook=str(tmp_path / "polls")) as world:
        await meet_olga(world)
        await put(world, "nps")
        poll = await world.olga.until(lambda shown: shown.kind == "poll", "a poll")

        async def known() -> bool:
            return bool(await rows(world, tables.polls))

        await eventually(known, "the poll is recorded; people take longer to vote")
        await world.olga.does("votes", message_id=poll.id, options=[3])
        await world.olga.sees("3 з 10", "Що нам варто змінити?")
        await world.bob.sees("low rating", "3 out of 10")
        await world.olga.says("Дорого")
        await world.bob.sees("Дорого")
        [answer] = await rows(world, tables.survey_answers)
        assert (answer.score, answer.comment) == (3, "Дорого")
