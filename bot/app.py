"""The composition root: everything is built here, started in order, and stopped in the opposite one."""

from __future__ import annotations

import asyncio
import contextlib
import faulthandler
import gc
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import DeleteWebhook, GetMe, SetWebhook
from aiogram.types import User
from aiohttp import web

from bot import menus, playbooks
from bot.clock import Clock, SystemClock
from bot.edge import Edge
from bot.intake import ALLOWED_UPDATES, AnotherCopyError, Intake, TokenRefusedError
from bot.lanes import Lanes
from bot.redirect import Redirect
from bot.session import Session
from bot.settings import Settings
from crm.counted_links import CountedLinks
from handlers import table
from scheduler import longwork
from scheduler.campaign_work import Feeder
from scheduler.delivery import Delivery
from scheduler.gate import Gate
from scheduler.limiter import Limiter
from scheduler.office import Office
from scheduler.ticks import Ticks
from scheduler.worker import Worker
from services import campaigning_out, redirecting
from services.versioning import Playbooks
from services.workplace import Place
from storage import facts, staff
from storage.engine import Database, Tx, Unavailable

log = structlog.get_logger()

# Together below the ten seconds in which SIGTERM is promised to drain.
HANDLING_SECONDS = 4.0
SENDING_SECONDS = 3.5
LONG_WORK_SECONDS = 1.0
LISTENING_SECONDS = 0.7
STUCK_SECONDS = 15.0


class StartError(Exception):
    """The bot cannot start, or cannot go on; the text says why and what to do."""


@dataclass(slots=True)
class App:
    """The parts of a running bot that its owner may need to reach."""

    settings: Settings
    clock: Clock
    database: Database
    place: Place
    bot: Bot
    gate: Gate
    delivery: Delivery
    edge: Edge
    lanes: Lanes
    intake: Intake
    redirect: Redirect | None
    worker: Worker
    feeder: Feeder
    ticks: Ticks
    stopping: asyncio.Event

    def stop(self) -> None:
        """Asks the bot to drain and end."""
        self.stopping.set()

    async def reload(self) -> None:
        """Puts the playbook's file in force if it is whole; otherwise the one in force stays. SIGHUP calls it."""
        try:
            text = playbooks.text_of(self.settings.playbook_path)
            playbook = playbooks.from_text(text, self.settings.playbook_path.name)
        except playbooks.PlaybookErrors as errors:
            log.error("the playbook has mistakes; the one in force stays", problems=len(errors.problems))
            return
        now = self.clock.now()
        await self.database.write(lambda tx: self.place.playbooks.accept(tx, playbook, text, now=now))
        log.info("the playbook was reloaded")


async def run(settings: Settings, *, clock: Clock | None = None) -> int:
    """Runs the bot until it is told to stop. Returns the exit code. Raises StartError."""
    try:
        return await _run(settings, clock)
    except Unavailable as error:
        raise StartError(
            f"The database cannot be written now: {error}. Stop the program that locks it, or free some space, "
            "and start again."
        ) from error


async def _run(settings: Settings, clock: Clock | None) -> int:
    async with built(settings, clock=clock) as app:
        loop = asyncio.get_running_loop()
        # Windows' loop has no signal handlers, and none can be set outside the main thread: Ctrl+C still ends the bot.
        for signum in (signal.SIGTERM, signal.SIGINT):
            with contextlib.suppress(NotImplementedError, RuntimeError):
                loop.add_signal_handler(signum, _stop, app)
        if (me := asyncio.current_task()) is not None and me.cancelling():
            raise asyncio.CancelledError  # Ctrl+C while it was being built, which a library on the way has eaten
        reloading: set[asyncio.Task[None]] = set()

        def reload() -> None:
            task = asyncio.create_task(app.reload())
            reloading.add(task)
            task.add_done_callback(reloading.discard)

        with contextlib.suppress(NotImplementedError, RuntimeError, AttributeError):
            loop.add_signal_handler(signal.SIGHUP, reload)
        log.info("the bot is running", username=app.place.username)
        await serve(app)
    faulthandler.cancel_dump_traceback_later()
    log.info("the bot has stopped")
    return 0


def _stop(app: App) -> None:
    """A signal to stop. All that is promised is in the database: a stop that hangs ends anyway, and shows where."""
    faulthandler.dump_traceback_later(STUCK_SECONDS, exit=True)
    app.stop()


@asynccontextmanager
async def built(settings: Settings, *, clock: Clock | None = None) -> AsyncIterator[App]:
    """Builds the bot and takes it apart again. Raises StartError when Telegram refuses the token or is out of reach."""
    clock = clock or SystemClock()
    text = playbooks.text_of(settings.playbook_path)
    playbook = playbooks.from_text(text, settings.playbook_path.name)
    async with contextlib.AsyncExitStack() as stack:
        bot = Bot(settings.token, session=Session(settings.bot_api_url))
        stack.push_async_callback(bot.session.close)
        me = await _introduce(bot)
        database = Database(settings.database_url)
        stack.push_async_callback(database.close)
        await database.open()

        versions = Playbooks(playbook, playbooks.from_text)

        async def first(tx: Tx) -> int | None:
            now = clock.now()
            await versions.accept(tx, playbook, text, now=now)
            await staff.ensure(tx, settings.manager_ids, "manager", now=now)
            await staff.ensure(tx, settings.owner_ids, "owner", now=now)
            moved = await facts.get(tx, facts.TEAM_CHAT)
            return moved["is"] if moved and moved["was"] == settings.team_chat_id else settings.team_chat_id

        team_chat_id = await database.write(first)
        address = settings.public_address
        links = CountedLinks(address, await database.write(redirecting.secret)) if address is not None else None
        place = Place(
            username=me.username or "",
            timezone=playbook.business.zone(settings.timezone),
            language=settings.default_language,
            team_chat_id=team_chat_id,
            playbooks=versions,
            data_folder=str(settings.data_dir),
            links=links,
        )
        yield _compose(settings, clock, database, place, bot)


def _compose(settings: Settings, clock: Clock, database: Database, place: Place, bot: Bot) -> App:
    loop = asyncio.get_running_loop()
    limiter = Limiter(
        rate=settings.send_rate,
        per_chat=settings.send_rate_per_chat,
        per_group_minute=settings.send_rate_per_group,
        monotonic=loop.time,
    )
    gate = Gate(bot, limiter)
    office = Office(database=database, place=place, bot=bot, now=clock.now)
    worker = Worker(office, longwork.KINDS)
    # Ten seconds of sending, so that a look every second keeps the sender supplied.
    feeder = Feeder(office, in_queue=max(campaigning_out.IN_QUEUE, int(10 * settings.send_rate)))
    ticks = Ticks(office)
    delivery = Delivery(database, gate, place, now=clock.now, alarm=ticks.alarm)
    office.wake_delivery = ticks.on_alarm = delivery.wake
    office.wake_work = worker.wake
    office.wake_campaigns = feeder.wake

    database.listen("outbox", delivery.wake)
    database.listen("work", worker.wake)
    database.listen("campaigns", feeder.wake)
    edge = Edge(database, place, table.everything(), clock, gate)
    lanes = Lanes(edge.handle)
    intake = Intake(database, lanes, clock, settings.bot_id)
    redirect = Redirect(database, place, clock, place.links) if place.links is not None else None
    return App(
        settings=settings,
        clock=clock,
        database=database,
        place=place,
        bot=bot,
        gate=gate,
        delivery=delivery,
        edge=edge,
        lanes=lanes,
        intake=intake,
        redirect=redirect,
        worker=worker,
        feeder=feeder,
        ticks=ticks,
        stopping=asyncio.Event(),
    )


async def serve(app: App) -> None:
    """Works until `app.stop()`; then drains: what is being handled is finished, what is being sent is recorded.

    Raises StartError when another copy polls with the same token, or the token is no longer good.
    """
    await app.delivery.settle_doubt()
    await app.worker.take_back()
    app.lanes.start()
    app.worker.start()
    app.feeder.start()
    app.ticks.start()
    app.clock.on_change(app.ticks.clock_moved)
    sending = asyncio.create_task(app.delivery.run(), name="delivery")
    taking = asyncio.create_task(_take(app), name="intake")
    stopping = asyncio.create_task(app.stopping.wait(), name="stopping")
    # What was built so far lives as long as the process: the collector need not look at it again.
    gc.collect()
    gc.freeze()
    try:
        await asyncio.wait((sending, taking, stopping), return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        app.stopping.set()
        taking.cancel()
        await asyncio.gather(taking, return_exceptions=True)
        await asyncio.gather(
            app.ticks.stop(within=HANDLING_SECONDS),
            app.lanes.stop(within=HANDLING_SECONDS),
            *([app.redirect.drain(within=HANDLING_SECONDS)] if app.redirect is not None else []),
        )
        await asyncio.gather(app.worker.stop(within=LONG_WORK_SECONDS), app.feeder.stop(within=LONG_WORK_SECONDS))
        await app.delivery.stop(within=SENDING_SECONDS)
        await app.gate.drain(within=0.5)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
    for task in (taking, sending):
        if not task.cancelled() and (error := task.exception()) is not None:
            raise _worded(error) from error


async def _take(app: App) -> None:
    """Takes up what an earlier run left, then takes in what Telegram brings."""
    await app.intake.take_up()
    async with _listening(app):
        await menus.publish(app.database, app.bot, app.place, now=app.clock.now)
        settings = app.settings
        if settings.webhook_url is not None:
            # Telegram keeps what cannot be delivered while nobody listens.
            await app.bot(
                SetWebhook(
                    url=settings.webhook_url,
                    secret_token=_webhook_secret(settings),
                    allowed_updates=list(ALLOWED_UPDATES),
                    max_connections=40,
                )
            )
            await app.stopping.wait()
            return
        await app.bot(DeleteWebhook(drop_pending_updates=False))
        session = app.bot.session
        assert isinstance(session, Session)
        url = session.api.api_url(token=settings.token, method="getUpdates")
        await app.intake.poll(await session.create_session(), url, stopping=app.stopping.is_set)


@asynccontextmanager
async def _listening(app: App) -> AsyncIterator[None]:
    """Serves the webhook and counted links, as far as the settings have them. Raises StartError."""
    settings = app.settings
    if settings.webhook_url is None and app.redirect is None:
        yield
        return
    if settings.webhook_url is not None:
        path = urlsplit(settings.webhook_url).path or "/"
        application = app.intake.webhook(path, _webhook_secret(settings))
    else:
        application = web.Application()
    if app.redirect is not None:
        app.redirect.add_to(application)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=LISTENING_SECONDS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, settings.http_host, settings.http_port).start()
        except OSError as error:
            raise StartError(
                f"The bot cannot listen on {settings.http_host}:{settings.http_port}: {error.strerror}. "
                "Stop the program that does, or set another HTTP_HOST or HTTP_PORT."
            ) from error
        yield
    finally:
        await runner.cleanup()


def _webhook_secret(settings: Settings) -> str:
    assert settings.webhook_secret is not None
    return settings.webhook_secret.get_secret_value()


async def _introduce(bot: Bot) -> User:
    try:
        return await bot(GetMe())
    except AiogramError as error:
        raise _worded(error) from error


def _worded(error: BaseException) -> BaseException:
    """What the owner is told of an error that ends the bot."""
    match error:
        case TelegramUnauthorizedError() | TelegramNotFound() | TokenRefusedError():
            return StartError(
                "Telegram does not know this BOT_TOKEN. Copy it again from @BotFather (/mybots → API Token) into .env."
            )
        case TelegramNetworkError():
            return StartError("Telegram cannot be reached. Check the network, and BOT_API_URL if you have set it.")
        case AnotherCopyError():
            return StartError(
                "Another copy of the bot runs with this BOT_TOKEN. Stop it, or get a new token with /revoke in @BotFather."
            )
        case TelegramRetryAfter():
            return StartError(f"Telegram asks to wait {error.retry_after} seconds. Start again then.")
        case AiogramError():
            return StartError(f"Telegram is out of order ({type(error).__name__}). Start again in a minute.")
    return error
