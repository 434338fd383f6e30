"""The "/" menus: the commands each role sees, in each language. Cosmetic: rights are checked in services."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.methods import SetMyCommands
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeUnion,
)

from crm import permissions
from crm.permissions import Right
from locales import FALLBACK, LANGUAGES, words_in
from services.workplace import Place
from storage import facts, staff
from storage.engine import Database

log = structlog.get_logger()

CUSTOMER = ("start", "new", "requests", "settings", "privacy", "help", "cancel")
STAFF = (
    "queue",
    "find",
    "add",
    "tasks",
    "task",
    "digest",
    "segment",
    "tags",
    "card",
    "tag",
    "untag",
    "note",
    "remind",
    "sale",
    "points",
    "imports",
    "duplicates",
    "rfm",
    "abc",
    "quality",
    "surveys",
    "scenarios",
    "why",
    "undo",
    "settings",
    "help",
    "id",
    "cancel",
)
OWNER = (*STAFF, "broadcast", "broadcasts", "export", "exports", "archive")
# keys: menu-export menu-exports menu-archive menu-quality
# keys: menu-sale menu-points menu-broadcast menu-broadcasts
# keys: menu-start menu-new menu-requests menu-settings menu-privacy menu-help menu-cancel menu-queue menu-find menu-add
# keys: menu-duplicates menu-imports menu-digest
# keys: menu-tasks menu-task menu-tags menu-card menu-tag menu-untag menu-note menu-remind menu-id menu-rfm menu-abc
# keys: menu-surveys menu-why
# keys: menu-segment menu-undo menu-scenarios


async def publish(database: Database, bot: Bot, place: Place, *, now: Callable[[], datetime]) -> None:
    """Gives Telegram the menus that changed since they were last given. A refusal is logged and tried at the next start."""
    async with database.read() as reads:
        given = await facts.get(reads, facts.MENUS) or {}
        team = await staff.active(reads)
    wanted: dict[str, SetMyCommands] = {}
    everyone = BotCommandScopeAllPrivateChats()
    customer = CUSTOMER if place.playbooks.current.loyalty is None else (*CUSTOMER, "points")
    for language in LANGUAGES:
        _add(wanted, f"all:{language}", everyone, customer, language)
    for member in team:
        scope = BotCommandScopeChat(chat_id=member.telegram_id)
        if member.started_at is not None:
            commands = OWNER if permissions.allows(member.role, Right.OWN) else STAFF
            _add(wanted, f"staff:{member.id}", scope, commands, member.language or place.language, only=True)
    if place.team_chat_id is not None:
        _add(wanted, "team", BotCommandScopeChat(chat_id=place.team_chat_id), STAFF, place.language, only=True)
    for name, method in wanted.items():
        digest = hashlib.sha256(method.model_dump_json(exclude_none=True).encode()).hexdigest()[:16]
        if given.get(name) == digest:
            continue
        try:
            await bot(method)
        except AiogramError as error:
            log.info("a command menu was not taken", menu=name, reason=type(error).__name__)
            continue
        given = {**given, name: digest}
    kept = {name: given[name] for name in wanted if name in given}
    await database.write(lambda tx: facts.put(tx, facts.MENUS, kept))


def _add(
    wanted: dict[str, SetMyCommands],
    name: str,
    scope: BotCommandScopeUnion,
    commands: tuple[str, ...],
    language: str,
    *,
    only: bool = False,
) -> None:
    """One menu; the fallback language is also what speakers of all others see."""
    words = words_in(language)
    listed = [BotCommand(command=command, description=words.plain(f"menu-{command}")) for command in commands]
    if not only:
        wanted[name] = SetMyCommands(commands=listed, scope=scope, language_code=language)
    if only or language == FALLBACK:
        wanted[f"{name}:default"] = SetMyCommands(commands=listed, scope=scope)
