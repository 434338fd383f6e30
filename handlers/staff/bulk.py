"""Changing many people at once: the button under a search or a segment, the question with the count, and /undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from crm import permissions, values
from crm.permissions import Right
from crm.statuses import STATUSES
from handlers.routes import Routes
from handlers.staff import desk
from handlers.staff.desk import staffed, waiting
from handlers.turns import Turn
from services import annotating, bulk_changing, segmenting
from services.bulk_changing import Action
from services.refusals import Refused
from services.segmenting import Aim
from storage import outbox, saved_segments, segment_sets, staff
from storage import tags as tag_rows
from views import bulk_screens, cards
from views.bulk_screens import Deed
from views.messages import Edit, Effect, Say, Screen
from views.staff_names import hashtag

OFFERED: Final = 24
FIELDS_OFFERED: Final = 40


def routes() -> Routes:
    return Routes(
        commands={"undo": staffed(undo_list, reading=True)},
        presses={
            "bulk": staffed(choose, Right.EDIT, reading=True),
            "bulkto": staffed(confirm, Right.EDIT, reading=True),
            "bulkask": staffed(ask, Right.EDIT),
            "bulkgo": staffed(go, Right.EDIT, heavy=True),
            "bulkstop": staffed(stop, Right.EDIT),
            "bulkundo": staffed(undo, Right.EDIT, heavy=True),
        },
        flows={bulk_changing.FLOW: waiting(typed, Right.EDIT)},
    )


async def choose(turn: Turn) -> Sequence[Effect]:
    """What to do, then with which tag, to whom, which value. `bulk` and `bulk:seg:ID` begin it as a message of its own."""
    do, _, rest = turn.args.partition(":")
    if do == "cancel":
        return [Edit(Screen(turn.words("dropped")), memo={})]
    memo = await _memo(turn) or {}
    aim = Aim(segment=_number(rest)) if do == "seg" else Aim.of_memo(memo)
    screen = await (_menu(turn, aim) if do in ("", "seg", "menu") else _options(turn, aim, do, rest))
    # Under a search it begins a message of its own, so that what was found stays in sight.
    return [Edit(screen)] if memo.get("bulk") else [Say(screen, memo={**aim.memo, "bulk": True})]


async def confirm(turn: Turn) -> Sequence[Effect]:
    """The question with the count. Whom it is about is fixed here and remembered under the message."""
    memo = await _memo(turn) or {}
    aim = Aim.of_memo(memo)
    action = await bulk_changing.checked(turn.db, turn.place, turn.staff, await _action(turn, memo))
    asked = await bulk_changing.people(turn.db, turn.place, turn.staff, aim, action, now=turn.now)
    deed = _deed(turn, action)
    screen = bulk_screens.confirm(desk.reader(turn), deed, asked.count, passed_over=asked.passed_over)
    return [Edit(screen, memo={**memo, "action": action.to_json(), "people": asked.packed, "count": asked.count})]


async def ask(turn: Turn) -> Sequence[Effect]:
    """A tag, a list or a value that is not among the buttons: typed."""
    do, _, field = turn.args.partition(":")
    aim = Aim.of_memo(await _memo(turn))
    if do not in ("tag", "list", "field"):
        raise Refused("refused-stale")
    desk.enter(turn, bulk_changing.FLOW, {"aim": aim.memo, "do": do, "field": field})
    return [Say(bulk_screens.type_in(turn.words, do, field=_field_title(turn, field)))]


async def typed(turn: Turn) -> Sequence[Effect]:
    """What was typed; asked again, with why, when it cannot be taken."""
    state = desk.state(turn)
    do, field = str(state["do"]), str(state["field"])
    try:
        action = await _typed(turn, do, field)
    except Refused as refusal:
        problem = turn.words(refusal.key, **refusal.values)
        return [Say(bulk_screens.type_in(turn.words, do, field=_field_title(turn, field), problem=problem))]
    turn.conversation.leave()
    screen = bulk_screens.count_first(desk.reader(turn), _deed(turn, action))
    return [Say(screen, memo={**state["aim"], "bulk": True, "action": action.to_json()})]


async def go(turn: Turn) -> Sequence[Effect]:
    """Yes. Of deleting it is asked once more, with a button that says how many."""
    memo = await _memo(turn) or {}
    if "people" not in memo:
        raise Refused("refused-stale")
    action, count = Action.from_json(memo["action"]), int(memo["count"])
    if action.do == "delete" and turn.args != str(count):
        await bulk_changing.checked(turn.db, turn.place, turn.staff, action)
        return [Edit(bulk_screens.delete_sure(desk.reader(turn), count))]
    begun = await bulk_changing.begin(
        turn.tx,
        turn.place,
        turn.staff,
        action,
        memo["people"],
        chat_id=turn.chat_id,
        message_id=turn.message_id,
        now=turn.now,
    )
    return [Edit(_standing(turn, begun), memo={"change": begun.change_id})]


async def stop(turn: Turn) -> Sequence[Effect]:
    """Enough: what was done of it is undone."""
    stands = await bulk_changing.stop(turn.tx, turn.staff, desk.numbers(turn, 1)[0], now=turn.now)
    return [Edit(_standing(turn, stands))]


async def undo(turn: Turn) -> Sequence[Effect]:
    """As it was before, under the change itself or from the list of /undo."""
    stands = await bulk_changing.undo(
        turn.tx,
        turn.place,
        turn.staff,
        desk.numbers(turn, 1)[0],
        chat_id=turn.chat_id,
        message_id=turn.message_id,
        now=turn.now,
    )
    return [Edit(_standing(turn, stands), memo={"change": stands.change_id})]


async def undo_list(turn: Turn) -> Sequence[Effect]:
    """/undo: the latest changes, whoever made them."""
    names = await staff.names(turn.db)
    changes = [
        bulk_screens.Past(
            _stands(turn, one),
            names.get(one.staff_id or 0) or "—",
            one.created_at,
            bulk_changing.may_undo(turn.staff, one, now=turn.now),
        )
        for one in await bulk_changing.latest(turn.db)
    ]
    return [Say(bulk_screens.past(desk.reader(turn), changes))]


# -------------------------------------------------------------------------------------------------------------- choices


async def _menu(turn: Turn, aim: Aim) -> Screen:
    meant = await segmenting.meant(turn.db, turn.place, aim, role=turn.role, now=turn.now)
    if meant.more:
        raise Refused("refused-bulk-many", alert=True)
    about = aim.find if aim.segment is None else (await segmenting.saved(turn.db, aim.segment)).name
    may_delete = turn.staff is not None and permissions.allows(turn.staff.role, Right.OWN)
    count = await segment_sets.count(turn.db, meant)
    return bulk_screens.menu(desk.reader(turn), count, about=about, may_delete=may_delete)


async def _options(turn: Turn, aim: Aim, do: str, rest: str) -> Screen:
    """The choices of one kind of change: (data, label) of each."""
    reader, db = desk.reader(turn), turn.db
    match do:
        case "tag":
            known = await tag_rows.counts(db, limit=OFFERED)
            options = [(f"bulkto:tag:{one.id}", hashtag(one.name)) for one in known]
            return bulk_screens.choose(reader, do, options, typed="bulkask:tag")
        case "untag":
            meant = await segmenting.meant(db, turn.place, aim, role=turn.role, now=turn.now)
            theirs = await segment_sets.values(db, meant, "tag", limit=OFFERED)
            options = [(f"bulkto:untag:{one.id}", f"{hashtag(one.text)} · {one.contacts}") for one in theirs]
            return bulk_screens.choose(reader, do, options)
        case "owner":
            team = await staff.active(db, "owner", "manager")
            options = [(f"bulkto:owner:{one.id}", one.name or turn.words.plain("colleague")) for one in team]
            return bulk_screens.choose(reader, do, [*options, ("bulkto:owner:0", turn.words.plain("nobody"))])
        case "status":
            options = [(f"bulkto:status:{one}", cards.status(turn.words, one)) for one in STATUSES]
            return bulk_screens.choose(reader, do, options)
        case "list" | "unlist":
            kept = [one for one in await saved_segments.everything(db) if one.is_list]
            options = [(f"bulkto:{do}:{one.id}", one.name) for one in kept[:60]]
            return bulk_screens.choose(reader, do, options, typed="bulkask:list" if do == "list" else "")
        case "field" if rest:
            return _field_options(turn, rest)
        case "field":
            options = [
                (f"bulk:field:{one.id}", one.title.say(turn.language))
                for one in turn.playbook.card_fields
                if one.is_edited_by(turn.role)
            ]
            return bulk_screens.choose(reader, do, options[:FIELDS_OFFERED])
    raise Refused("refused-stale")


def _field_options(turn: Turn, field: str) -> Screen:
    """The options of an own field, by their place; or that it is typed; and none."""
    own = annotating.own_field(turn.playbook, field)
    options = [
        (f"bulkto:field:{field}:{place}", one.title.say(turn.language)) for place, one in enumerate(own.options[:60])
    ]
    options.append((f"bulkto:field:{field}:none", turn.words.plain("bulk-empty")))
    typed = "" if own.options else f"bulkask:field:{field}"
    return bulk_screens.choose(desk.reader(turn), "value" if own.options else "field", options, typed=typed)


async def _action(turn: Turn, memo: dict[str, Any]) -> Action:
    """What a button asks for; `said` is what was typed before."""
    do, _, rest = turn.args.partition(":")
    if do == "said" and isinstance(memo.get("action"), dict):
        return Action.from_json(memo["action"])
    if do == "delete":
        return Action("delete")
    if do == "field":
        return _field_action(turn, rest)
    if do == "status":
        return Action("status", rest, shown=rest)
    number = _number(rest)
    if do in ("tag", "untag"):
        name = await tag_rows.name_of(turn.db, number)
        if name is None:
            raise Refused("refused-tag-unknown")
        return Action(do, name, shown=name)
    if do == "owner":
        return Action(do, number or None, shown=(await staff.names(turn.db)).get(number, ""))
    one = await segmenting.saved(turn.db, number)
    return Action(do, one.id, shown=one.name)


def _field_action(turn: Turn, rest: str) -> Action:
    field, _, place = rest.partition(":")
    own = annotating.own_field(turn.playbook, field)
    if place == "none":
        return Action("field", None, field=field)
    if not desk.is_id(place) or int(place) >= len(own.options):
        raise Refused("refused-stale")
    option = own.options[int(place)]
    return Action("field", option.id, field=field, shown=option.title.say(turn.language))


async def _typed(turn: Turn, do: str, field: str) -> Action:
    """What was typed as an action. Raises Refused, with why, for what cannot be taken."""
    if do == "list":
        made = await segmenting.save_list(turn.tx, turn.staff, turn.text, now=turn.now)
        return Action("list", made.id, shown=made.name)
    if do == "tag":
        name = bulk_changing.tag_named(turn.text)
        return await bulk_changing.checked(turn.tx, turn.place, turn.staff, Action("tag", name, shown=name))
    read = annotating.read(
        turn.playbook, field, turn.text, own=True, now=turn.now, zone=turn.zone, language=turn.language
    )
    if not isinstance(read, values.Accepted):
        raise Refused("refused-bulk-value")
    own = annotating.own_field(turn.playbook, field)
    shown = cards.own_value(turn.words, own, read.value, reader=desk.reader(turn))
    return Action("field", read.value, field=field, shown=shown)


# --------------------------------------------------------------------------------------------------------------- saying


def _standing(turn: Turn, stands: bulk_changing.Progress) -> Screen:
    return bulk_screens.standing(desk.reader(turn), _stands(turn, stands))


def _stands(turn: Turn, one: bulk_changing.Progress) -> bulk_screens.Stands:
    return bulk_changing.seen(turn.place, one, turn.language)


def _deed(turn: Turn, action: Action) -> Deed:
    return bulk_changing.deed(turn.place, action, turn.language)


def _field_title(turn: Turn, field: str) -> str:
    found = turn.playbook.field(field) if field else None
    return found.title.say(turn.language) if found is not None else field


def _number(text: str) -> int:
    """A number in a button's data. Raises Refused for what no button of ours has."""
    if not desk.is_id(text):
        raise Refused("refused-stale")
    return int(text)


async def _memo(turn: Turn) -> dict[str, Any] | None:
    return await outbox.memo_of_message(turn.db, turn.chat_id, turn.message_id or 0)
