"""By webhook the conversation is the same: one design for both ways in."""

from __future__ import annotations

import socket

from tests.end_to_end.conftest import Worlds


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def test_a_customer_is_answered_by_webhook_and_polling_takes_over_afterwards(worlds: Worlds) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/hook"
    async with worlds(webhook_url=address, webhook_secret="s3cret", http_port=port) as world:
        await world.olga.starts()
        await world.olga.sees("Вітаємо")
        assert (await world.desk.stats())["webhook_url"] == address
        await world.olga.says("Чи є місце на суботу?")
        await world.olga.sees("Передали")
    # Telegram keeps calling until it is told otherwise: a bot that polls says so first.
    async with worlds() as world:
        await world.olga.starts()
        await world.olga.sees("Вітаємо")
        assert not (await world.desk.stats())["webhook_url"]
