"""What campaigns came to: figures, people, a sheet, a picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crm.permissions import Right
from handlers.routes import Routes
from handlers.staff import desk
from handlers.staff.desk import staffed
from handlers.turns import Turn
from services import campaigning, campaigning_report, extracting, picturing
from storage import campaign_facts
from views import campaign_report_screens
from views.messages import Edit, Effect, Toast

PAGE: Final = 12


def routes() -> Routes:
    return Routes(
        presses={
            "bcrep": staffed(report, Right.OWN, reading=True),
            "bcpeople": staffed(people, Right.OWN, reading=True),
            "bcsheet": staffed(sheet, Right.OWN),
            "bcpic": staffed(picture, Right.OWN),
        }
    )


async def report(turn: Turn) -> Sequence[Effect]:
    """The figures."""
    draft = await campaigning.get(turn.db, turn.staff, desk.numbers(turn, 1)[0])
    seen = campaigning_report.seen(turn.place, draft, await campaigning_report.report(turn.db, draft))
    return [Edit(campaign_report_screens.report(desk.reader(turn), seen))]


async def people(turn: Turn) -> Sequence[Effect]:
    """Person by person."""
    number, after = desk.numbers(turn, 2)
    await campaigning.get(turn.db, turn.staff, number)
    lines = await campaign_facts.lines(turn.db, number, after=after, limit=PAGE + 1)
    shown = [campaigning_report.person(one) for one in lines[:PAGE]]
    currency = turn.playbook.money.currency
    screen = campaign_report_screens.people(desk.reader(turn), number, shown, more=len(lines) > PAGE, currency=currency)
    return [Edit(screen)]


async def sheet(turn: Turn) -> Sequence[Effect]:
    """Everybody of it as XLSX; it comes when it is written."""
    draft = await campaigning.get(turn.db, turn.staff, desk.numbers(turn, 1)[0])
    await extracting.order_campaign(turn.tx, turn.staff, draft.row.id, language=turn.language, now=turn.now)
    return [Toast(turn.words.plain("campaign-making"))]


async def picture(turn: Turn) -> Sequence[Effect]:
    """The figures as a picture; it comes when it is drawn."""
    draft = await campaigning.get(turn.db, turn.staff, desk.numbers(turn, 1)[0])
    picturing.order_campaign(
        turn.tx,
        draft.row.id,
        language=turn.language,
        chat_id=turn.chat_id,
        thread_id=turn.thread_id,
        key=turn.update_key,
        now=turn.now,
    )
    return [Toast(turn.words.plain("campaign-making"))]
