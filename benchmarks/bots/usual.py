"""The usual way: aiogram, and one SQLAlchemy ORM session a message with one read and one insert. It promises nothing:
what is in flight when it dies is lost."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from aiogram import BaseMiddleware, Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message, TelegramObject
from sqlalchemy import BigInteger, ForeignKey, event, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    telegram_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    name: Mapped[str]


class Record(Base):
    __tablename__ = "records"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    text: Mapped[str]
    at: Mapped[datetime]


class Sessions(BaseMiddleware):
    def __init__(self, make: async_sessionmaker[AsyncSession]) -> None:
        self.make = make

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        async with self.make() as session:
            data["session"] = session
            return await handler(event, data)


dispatcher = Dispatcher()


@dispatcher.message()
async def keep(message: Message, session: AsyncSession) -> None:
    assert message.from_user is not None
    user = await session.scalar(select(User).where(User.telegram_id == message.from_user.id))
    if user is None:
        user = User(telegram_id=message.from_user.id, name=message.from_user.first_name)
        session.add(user)
        await session.flush()
    session.add(Record(user_id=user.id, text=message.text or "", at=datetime.now(UTC).replace(tzinfo=None)))
    await session.commit()
    await message.answer(message.text or "")


async def main() -> None:
    engine = create_async_engine(os.environ["DATABASE_URL"])

    @event.listens_for(engine.sync_engine, "connect")
    def set_up(connection: Any, record: Any) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")

    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    dispatcher.update.middleware(Sessions(async_sessionmaker(engine, expire_on_commit=False)))
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["BOT_API_URL"]))
    await dispatcher.start_polling(Bot(os.environ["BOT_TOKEN"], session=session))


if __name__ == "__main__":
    asyncio.run(main())
