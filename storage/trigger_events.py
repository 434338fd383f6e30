"""What begins scenarios: purchases, requests, tags, forms left, birthdays, silence, each found by an index and page by page.

A page is read beside the writer, in the order of the cards. Who is in a scenario by the same occurrence already is not
found again, so looking twice at the same hours begins nothing twice.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    and_,
    cast,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    text,
    type_coerce,
    union,
    union_all,
)
from sqlalchemy.sql.elements import NamedColumn

from crm import folding
from crm.scenario_triggers import DAILY, Trigger
from crm.segment_tree import Query
from storage import conditions
from storage.engine import Reads
from storage.members import CAN_BE_WRITTEN_TO
from storage.tables import (
    contact_tags,
    contact_values,
    contacts,
    conversations,
    events,
    journeys,
    purchases,
    relatives,
    requests,
    tags,
    visits,
)
from storage.types import Moment

PAGE: Final = 500
_OPEN: Final = ("new", "taken")
_STAGES: Final = {"request_done": "done", "request_lost": "lost"}
_NEVER: Final = datetime(9000, 1, 1, tzinfo=UTC)
_FIRST: Final = "first"
"""The occurrence of what happens once in a life."""
_SEEN: Final = (contacts.c.last_purchase_at, contacts.c.last_request_at, contacts.c.last_in_at)


class Begun(NamedTuple):
    """One occurrence of a trigger. `at` is when it happened; of a day, `day` is which (YYYY-MM-DD)."""

    contact_id: int
    timezone: str | None
    at: datetime | None
    day: str | None
    occurrence: str
    request_id: int | None


@dataclass(frozen=True, slots=True)
class Look:
    """Where to look for a scenario's occurrences: what happened later than `low` and not later than `high`; of the
    yearly days, those of `days` (MMDD → the day); of a calendar, these `moments`. Those who entered after
    `entered_since` are left out."""

    scenario_id: str
    trigger: Trigger
    low: datetime
    high: datetime
    days: Mapping[int, date]
    moments: Sequence[datetime] = ()
    once: bool = False
    entered_since: datetime | None = None


async def page(
    db: Reads,
    look: Look,
    members: Collection[Query],
    *,
    after: int,
    now: datetime,
    zone: tzinfo,
    yearless: bool = True,
    only: int | None = None,
) -> list[Begun]:
    """The next occurrences, of contacts with numbers greater than `after`: a page of them, or fewer when these are the
    last. All of one contact are on the same page. `members` are the segments they must be in; `yearless` tells a field
    kept as a birthday from one kept as a date; `only` asks about one contact."""
    found = _occurrences(look, yearless=yearless)
    if found is None:
        return []
    begun = found.subquery("begun")
    statement = (
        select(begun.c.contact_id, contacts.c.timezone, begun.c.at, begun.c.day, begun.c.occurrence, begun.c.request_id)
        .join(contacts, contacts.c.id == begun.c.contact_id)
        .where(begun.c.contact_id > after, *CAN_BE_WRITTEN_TO, _is_new(look, begun.c.occurrence))
        .order_by(begun.c.contact_id)
        .limit(PAGE + 1)
    )
    if only is not None:
        statement = statement.where(begun.c.contact_id == only)
    for query in members:
        statement = statement.where(conditions.condition(query, now=now, zone=zone))
    rows = [Begun(*row) for row in await db.all(statement)]
    if len(rows) > PAGE and rows[0].contact_id != rows[-1].contact_id:
        rows = [row for row in rows if row.contact_id != rows[-1].contact_id]
    return rows


async def still_holds(db: Reads, trigger: Trigger, contact_id: int, occurrence: str | None) -> bool:
    """Whether what began a way is still so: a later purchase, a word after a silence, a request opened again undo it.
    `occurrence` None: any will do. A day in the calendar is always so."""
    if trigger.kind in DAILY or trigger.kind == "calendar":
        return True
    found = _occurrences(Look("", trigger, datetime.min.replace(tzinfo=UTC), _NEVER, {}))
    assert isinstance(found, Select)
    columns = found.selected_columns
    begun = found.where(columns.contact_id == contact_id).subquery("begun")
    statement = select(literal(1)).select_from(begun)
    if occurrence is not None:
        statement = statement.where(begun.c.occurrence == occurrence)
    return await db.first(statement.limit(1)) is not None


def _is_new(look: Look, occurrence: ColumnElement[str]) -> ColumnElement[bool]:
    theirs = [journeys.c.scenario_id == look.scenario_id, journeys.c.contact_id == contacts.c.id]
    if not look.once:
        if look.entered_since is None:
            theirs.append(journeys.c.occurrence == occurrence)
        else:
            theirs.append(or_(journeys.c.occurrence == occurrence, journeys.c.entered_at > look.entered_since))
    return ~select(journeys.c.id).where(*theirs).exists()


def _occurrences(look: Look, *, yearless: bool = True) -> Select[Any] | CompoundSelect[Any] | None:
    trigger, inside = look.trigger, _Inside(look.low, look.high)
    match trigger.kind:
        case "purchase" | "first_purchase" | "last_purchase":
            return _of_purchases(trigger.kind, inside)
        case "request_created" | "request_done" | "request_lost":
            return _of_requests(trigger, inside)
        case "form_abandoned":
            return _of_forms(trigger, inside)
        case "tag":
            named = select(tags.c.id).where(tags.c.key == folding.label(trigger.what)).scalar_subquery()
            return _rows(contact_tags.c.contact_id, contact_tags.c.at, _stamped("t", contact_tags.c.at)).where(
                contact_tags.c.tag_id == named, inside(contact_tags.c.at)
            )
        case "status":
            became = func.json_extract(events.c.data, "$.to") == trigger.what
            return (
                _rows(events.c.contact_id, events.c.at, _numbered("e", events.c.id))
                .join(contacts, and_(contacts.c.id == events.c.contact_id, contacts.c.status == trigger.what))
                .where(_kind("status"), inside(events.c.at), became)
            )
        case "visit":
            return (
                _rows(
                    visits.c.contact_id,
                    visits.c.at,
                    _stamped(literal("v").concat(visits.c.request_id).concat(":"), visits.c.at),
                    request_id=visits.c.request_id,
                )
                .join(requests, requests.c.id == visits.c.request_id)
                .where(
                    inside(visits.c.at),
                    visits.c.state != "cancelled",
                    # From the hours to the requests, of which many are open and few have a visit then.
                    literal_column("+requests.stage", requests.c.stage.type).in_(
                        (*_OPEN, "done") if trigger.offset > timedelta(0) else _OPEN
                    ),
                )
            )
        case "silence":
            seen = _last_seen()
            silent = _rows(contacts.c.id, seen, _stamped("s", seen)).where(inside(seen))
            if look.high == _NEVER:
                return silent
            # The latest sign is one of these: each is found by its index, and no other card is read.
            signs = union(*(select(contacts.c.id).where(inside(one)) for one in _SEEN))
            return silent.where(contacts.c.id.in_(signs))
        case "birthday":
            return _of_days("birthday", look.days, yearless=yearless)
        case "anniversary":
            return _of_days(trigger.what, look.days, yearless=yearless)
        case "child_birthday":
            return _of_children(look.days)
        case "date":
            wanted = [day.isoformat() for day in look.days.values()]
            key = contact_values.c.key
            return _rows(contact_values.c.contact_id, None, literal("d").concat(key), day=key).where(
                contact_values.c.field == trigger.what, key.in_(wanted)
            )
        case "holiday":
            return _of_everybody(look)
        case "calendar":
            return union_all(
                *(_rows(contacts.c.id, literal(at, Moment), literal(f"c{at:%Y%m%d%H%M}")) for at in look.moments)
            )
    return None


class _Inside:
    """The hours that are looked at."""

    def __init__(self, low: datetime, high: datetime) -> None:
        self._low, self._high = literal(low, Moment), literal(high, Moment)

    def __call__(self, column: ColumnElement[Any]) -> ColumnElement[bool]:
        return and_(column > self._low, column <= self._high)


def _rows(
    contact: NamedColumn[int],
    at: ColumnElement[Any] | None,
    occurrence: ColumnElement[str],
    *,
    day: ColumnElement[Any] | None = None,
    request_id: ColumnElement[Any] | None = None,
) -> Select[Any]:
    """The columns of `Begun`, but for the time zone."""
    return select(
        contact.label("contact_id"),
        (type_coerce(null(), Moment) if at is None else at).label("at"),
        (null() if day is None else day).label("day"),
        occurrence.label("occurrence"),
        (null() if request_id is None else request_id).label("request_id"),
    )


def _of_purchases(kind: str, inside: _Inside) -> Select[Any]:
    counts = purchases.c.value > purchases.c.refunded
    number = _numbered("p", func.min(purchases.c.id))
    found = _rows(purchases.c.contact_id, purchases.c.at, literal(_FIRST) if kind == "first_purchase" else number)
    of_card = {"first_purchase": contacts.c.first_purchase_at, "last_purchase": contacts.c.last_purchase_at}.get(kind)
    if of_card is not None:
        found = found.join(contacts, and_(contacts.c.id == purchases.c.contact_id, of_card == purchases.c.at))
    # Several at the same moment are one purchase of several things.
    return found.where(inside(purchases.c.at), counts).group_by(purchases.c.contact_id, purchases.c.at)


def _of_requests(trigger: Trigger, inside: _Inside) -> Select[Any]:
    found = _rows(
        events.c.contact_id, events.c.at, _numbered("r", events.c.request_id), request_id=events.c.request_id
    ).join(requests, requests.c.id == events.c.request_id)
    if trigger.kind == "request_created":
        found = found.where(_kind("request"), requests.c.stage != "withdrawn", inside(events.c.at))
    else:
        stage = _STAGES[trigger.kind]
        became = func.json_extract(events.c.data, "$.to") == stage
        found = found.where(_kind("stage"), became, requests.c.stage == stage, inside(events.c.at))
    if trigger.what:
        found = found.where(requests.c.form_id == trigger.what)
    return found.group_by(events.c.request_id)  # one that was closed twice is one


def _of_forms(trigger: Trigger, inside: _Inside) -> Select[Any]:
    run = conversations.c.state["run"].as_string()
    found = (
        _rows(contacts.c.id, conversations.c.updated_at, literal("f").concat(run))
        .select_from(conversations.join(contacts, contacts.c.telegram_id == conversations.c.user_id))
        .where(
            conversations.c.flow == "form",
            inside(conversations.c.updated_at),
            conversations.c.chat_id == conversations.c.user_id,
        )
    )
    if trigger.what:
        found = found.where(conversations.c.state["form"].as_string() == trigger.what)
    return found


def _of_days(field: str, days: Mapping[int, date], *, yearless: bool) -> Select[Any]:
    """A day of the year that a field of the card holds. A date's first year is the day itself, no anniversary."""
    number = cast(contact_values.c.number, Integer)
    month_day = number if yearless else number % 10000
    day = _day_of(month_day, days)
    found = _rows(contact_values.c.contact_id, None, literal("y").concat(func.substr(day, 1, 4)), day=day)
    if yearless:
        return found.where(contact_values.c.field == field, contact_values.c.number.in_(sorted(days)))
    return found.where(
        contact_values.c.field == field, month_day.in_(sorted(days)), func.substr(contact_values.c.key, 1, 4) < day
    )


def _of_children(days: Mapping[int, date]) -> Select[Any]:
    day = _day_of(relatives.c.month_day, days)
    year = literal("y").concat(func.substr(day, 1, 4)).concat(":").concat(relatives.c.id)
    return _rows(relatives.c.contact_id, None, year, day=day).where(
        relatives.c.kind == "child", relatives.c.month_day.in_(sorted(days))
    )


def _of_everybody(look: Look) -> Select[Any] | None:
    """Everyone, on a day of the year that is near."""
    assert look.trigger.month_day is not None
    month, day = look.trigger.month_day
    on = look.days.get(month * 100 + day)
    if on is None:
        return None
    return _rows(contacts.c.id, None, literal(f"y{on.year}"), day=literal(on.isoformat()))


def _day_of(month_day: ColumnElement[Any], days: Mapping[int, date]) -> ColumnElement[Any]:
    """The day on which a day of the year is celebrated: a look-up in what is asked for."""
    table = {f"{key}": day.isoformat() for key, day in days.items()}
    return func.json_extract(json.dumps(table), literal('$."').concat(month_day).concat('"'))


def _last_seen() -> ColumnElement[Any]:
    """When there was last a sign of a contact: as the life cycle has it (storage/standings.py)."""
    # MAX of several is NULL when one is: the oldest text there is stands in for none.
    some = [func.coalesce(one, literal("")) for one in _SEEN]
    return func.nullif(func.max(*some), literal(""), type_=Moment)


def _kind(kind: str) -> ColumnElement[bool]:
    # In full, as the partial index has it.
    return and_(events.c.kind == kind, text("events.kind IN ('request', 'stage', 'status')"))


def _numbered(letter: str, number: ColumnElement[Any]) -> ColumnElement[str]:
    return literal(letter).concat(number)


def _stamped(before: str | ColumnElement[Any], at: ColumnElement[Any]) -> ColumnElement[str]:
    start = literal(before) if isinstance(before, str) else before
    return start.concat(func.strftime("%Y%m%d%H%M%S", at))
