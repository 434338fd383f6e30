"""What the base brings: /rfm for groups, one person or a month's moves, /abc for the classes of revenue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from zoneinfo import ZoneInfo

from crm import permissions, revenue_classes, rfm
from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk, lookup
from handlers.staff.desk import staffed
from handlers.turns import Turn
from services import picturing, planning, ranking
from services.refusals import Refused
from storage import rankings
from views import rfm_screens
from views.messages import Edit, Effect, Say, Screen, Toast
from views.rfm_screens import Share

MONTHS_BACK: Final = 120


def routes() -> Routes:
    return Routes(
        commands={"rfm": staffed(rfm_command, reading=True), "abc": staffed(abc_command, reading=True)},
        presses={
            "rfmp": staffed(period, reading=True),
            "rfmg": staffed(group, reading=True),
            "rfmm": staffed(moves, reading=True),
            "rfmpic": staffed(picture),
            "abcc": staffed(revenue_class, reading=True),
        },
    )


async def rfm_command(turn: Turn) -> Sequence[Effect]:
    """/rfm, or /rfm ID for one person."""
    if turn.args.strip() or await desk.replied_contact(turn) is not None:
        return await _person(turn)
    return [Say(await _groups(turn, "all"))]


async def abc_command(turn: Turn) -> Sequence[Effect]:
    """/abc."""
    limits = turn.playbook.abc.limits
    found = await rankings.classes(turn.db, limits)
    shares = [Share(one.name, one.contacts, _seen(turn, one.money)) for one in found]
    currency = turn.playbook.money.currency
    return [Say(rfm_screens.classes(desk.reader(turn), shares, limits=(limits.a, limits.b), currency=currency))]


async def period(turn: Turn) -> Sequence[Effect]:
    return [Edit(await _groups(turn, _period(turn)))]


async def group(turn: Turn) -> Sequence[Effect]:
    """The people of a group: a segment like any other."""
    if turn.args not in rfm.GROUPS:
        raise Refused("refused-stale")
    return await lookup.listed(turn, f"rfm:{turn.args}")


async def revenue_class(turn: Turn) -> Sequence[Effect]:
    if turn.args not in revenue_classes.CLASSES:
        raise Refused("refused-stale")
    return await lookup.listed(turn, f"abc:{turn.args}")


async def moves(turn: Turn) -> Sequence[Effect]:
    """A month's moves between the groups."""
    (back,) = desk.numbers(turn, 1)
    found = await ranking.month(turn.db, min(back, MONTHS_BACK), zone=_zone(turn), now=turn.now)
    screen = rfm_screens.moves(
        desk.reader(turn), found.first, back=back, stayed=found.stayed, moved=found.moved, new=found.new
    )
    return [Edit(screen)]


async def picture(turn: Turn) -> Sequence[Effect]:
    """The grid, drawn by long work."""
    picturing.order(
        turn.tx,
        period=_period(turn),
        with_money=_owns(turn),
        language=turn.words.language,
        chat_id=turn.chat_id,
        thread_id=turn.thread_id,
        key=turn.update_key,
        now=turn.now,
    )
    return [Toast(turn.words.plain("rfm-drawing"))]


async def _person(turn: Turn) -> Sequence[Effect]:
    contact, _ = await desk.subject(turn, "rfm")
    # keys: usage-rfm
    found = await ranking.person(turn.db, contact, zone=_zone(turn), now=turn.now)
    screen = rfm_screens.person(
        desk.reader(turn),
        await desk.who(turn, contact),
        found.scores if found else None,
        found.habit if found else None,
        currency=turn.playbook.money.currency,
    )
    return [Say(screen, memo={"contact": contact.id})]


async def _groups(turn: Turn, period: str) -> Screen:
    cells = await ranking.cells(turn.db, period, now=turn.now)
    shares = [Share(one.name, one.contacts, _seen(turn, one.money)) for one in ranking.groups(cells)]
    return rfm_screens.groups(desk.reader(turn), shares, period=period, currency=turn.playbook.money.currency)


def _period(turn: Turn) -> str:
    if turn.args not in ranking.PERIODS:
        raise Refused("refused-stale")
    return turn.args


def _owns(turn: Turn) -> bool:
    return turn.staff is not None and permissions.allows(turn.staff.role, Right.OWN)


def _seen(turn: Turn, money: int) -> int | None:
    """What the base brings is the owner's to know."""
    return money if _owns(turn) else None


def _zone(turn: Turn) -> ZoneInfo:
    return planning.zone_of_business(turn.place)
