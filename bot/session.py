"""How requests leave: aiogram's session, made lean where every message of the product goes through it."""

from __future__ import annotations

import json
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import Response, TelegramType
from aiohttp import ClientError, ClientTimeout

TIMEOUT_SECONDS = 30.0
_JSON = {"Content-Type": "application/json"}


class Session(AiohttpSession):
    """Sends methods without files as JSON: aiogram's own way builds a multipart form for each, at twice the CPU.

    A method with a file takes aiogram's way.
    """

    def __init__(self, api_url: str) -> None:
        super().__init__(api=TelegramAPIServer.from_base(api_url.rstrip("/")), timeout=TIMEOUT_SECONDS, limit=100)
        # aiogram builds these pydantic types anew whenever nobody holds them: a tenth of the CPU under load.
        self._held: dict[Any, Any] = {}

    async def make_request(
        self, bot: Bot, method: TelegramMethod[TelegramType], timeout: int | None = None
    ) -> TelegramType:
        if method.__returning__ not in self._held:
            self._held[method.__returning__] = Response[method.__returning__]  # type: ignore[name-defined]
        files: dict[str, Any] = {}
        body = {
            name: prepared
            for name in method.model_fields_set
            if (prepared := self.prepare_value(getattr(method, name), bot, files, _dumps_json=False)) is not None
        }
        if files:
            return await super().make_request(bot, method, timeout=timeout)
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        data = json.dumps(body, ensure_ascii=False).encode()
        try:
            async with session.post(
                url, data=data, headers=_JSON, timeout=ClientTimeout(total=timeout or TIMEOUT_SECONDS)
            ) as response:
                content = await response.text()
        except TimeoutError as error:
            raise TelegramNetworkError(method=method, message="no answer in time") from error
        except ClientError as error:
            raise TelegramNetworkError(method=method, message=type(error).__name__) from error
        answer = self.check_response(bot=bot, method=method, status_code=response.status, content=content)
        return cast(TelegramType, answer.result)
