"""A manager's task over the days: it is told in the morning, rings, is handed over, and comes back when it is done."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.end_to_end.conftest import World

MORNING = datetime(2026, 11, 25, 7, 1, tzinfo=UTC)
"""A minute past nine in Kyiv, the day after the world begins."""
TEN = datetime(2026, 11, 25, 8, 0, 1, tzinfo=UTC)


async def test_a_task_is_told_in_the_morning_rings_and_comes_back(world: World) -> None:
    """The digest once, though the clock's moving runs its tick again; then the task at its hour; done, its next day."""
    await world.alice.starts()
    await world.alice.sees()
    await world.bob.says("/task every day at 10:00 water the plants")
    await world.bob.sees("every day at 10:00")
    world.clock.move_to(MORNING)
    digest = await world.bob.sees("1 task for today")
    assert "10:00 water the plants" in digest.text
    world.clock.move_to(TEN)
    ringing = await world.bob.sees("Time for a task")
    await world.bob.presses("🤝 Hand over", on=ringing)
    choice = await world.bob.sees("To whom?")
    await world.bob.presses("Alice", on=choice)
    given = await world.alice.sees("Bob hands a task over to you")
    await world.alice.presses("✅ Done", on=given)
    await world.alice.sees("It comes back Thu, 26 Nov, 10:00")
    await world.bob.sees("Alice: done")
    said = [one.text for one in await world.bob.messages() if one.out]
    assert sum("task for today" in text for text in said) == 1
