"""The least a bot can be: aiohttp and json, no framework, no promise."""

from __future__ import annotations

import asyncio
import json
import os
from typing import Any

import aiohttp


async def main() -> None:
    url = f"{os.environ['BOT_API_URL']}/bot{os.environ['BOT_TOKEN']}"
    tasks: set[asyncio.Task[None]] = set()
    async with aiohttp.ClientSession() as session:

        async def answer(message: dict[str, Any]) -> None:
            body = json.dumps({"chat_id": message["chat"]["id"], "text": message["text"]}).encode()
            headers = {"Content-Type": "application/json"}
            async with session.post(f"{url}/sendMessage", data=body, headers=headers) as response:
                json.loads(await response.read())

        offset = 0
        while True:
            async with session.post(f"{url}/getUpdates", json={"offset": offset, "timeout": 30}) as response:
                updates = json.loads(await response.read())["result"]
            for update in updates:
                offset = update["update_id"] + 1
                task = asyncio.create_task(answer(update["message"]))
                tasks.add(task)
                task.add_done_callback(tasks.discard)


if __name__ == "__main__":
    asyncio.run(main())
