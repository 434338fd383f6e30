"""Who may do what: every command and every button of the team's, pressed by each who must not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handlers import table
from handlers.routes import For
from storage import staff
from storage.engine import Tx
from tests.clocks import NOON
from tests.handlers.staff.rooms import Room, buttons
from tests.storage.makers import make_contact, make_event, make_note, make_purchase, make_request, make_tag, make_task

ROUTES = table.everything()
COMMANDS = sorted(name for name, route in ROUTES.commands.items() if route.audience is For.STAFF)
PRESSES = sorted(name for name, route in ROUTES.presses.items() if route.audience is For.STAFF)
FLOWS = ("write", "lost", "note", "field", "tag", "plan", "add", "sale", "refund", "import", "duplicate")

# What each button of ours carries after its verb, for the room's own card (c), request (r), task (t), tag (g), note.
ARGS = {
    "abcc": "A", "rfmg": "lost", "rfmm": "0", "rfmp": "all", "rfmpic": "all", "qline": "no_name",
    "qask": "no_city", "qaskgo": "", "qaskhow": "", "qaskstop": "",
    "export": "", "exu": "full", "exf": "full:csv", "archive": "",
    "impagr": "1:no", "impask": "1:tags", "impcol": "1:0:0", "impdup": "1", "impgo": "1", "impmap": "1:0", "impopt": "1",
    "imprep": "1", "imprun": "1", "imps": "0", "impset": "1:0:0", "impshow": "1", "impsrc": "1", "impstop": "1",
    "impundo": "1", "claim": "{c}",
    "add": "", "addend": "yes", "addfrom": "call", "addother": "{c}", "addsame": "{c}", "addskip": "",
    "agreed": "{c}", "card": "{c}", "delp": "{c}:1", "done": "{r}", "drop": "", "ed": "{c}:name", "edf": "{c}:master",
    "edit": "{c}", "edpick": "0", "file": "{c}:1", "files": "{c}:0", "found": "0", "line": "{c}:0", "lost": "{r}",
    "note": "{c}", "notes": "{c}:0", "open": "{r}", "pclock": "10:00", "pick": "{c}:status:vip", "pwhich": "0",
    "queue": "0", "rchange": "", "remind": "{c}", "rems": "{c}", "reopen": "{r}", "req": "{r}", "reqs": "{c}:0",
    "rsend": "", "setf": "{c}:master:0", "spam": "{r}", "spamc": "{c}", "tagged": "{g}", "tagnew": "{c}",
    "tags": "{c}", "take": "{r}", "task": "{c}", "tasks": "0", "tdone": "{t}", "tlater": "{t}:hour", "tog": "{c}:{g}",
    "sale": "{c}", "bought": "{r}", "sok": "", "spts": "", "schange": "", "sales": "{c}:0", "buy": "{p}",
    "refall": "{p}", "refpart": "{p}", "refok": "{p}:0:100",
    "dup": "of:{c}",
    "kin": "{c}", "kinadd": "{c}:child", "kindel": "{c}:1", "kinpick": "0", "prefp": "{c}:1",
    "tgive": "{t}", "tgiveto": "{t}:1", "tsk": "{t}", "tstop": "{t}", "twho": "{t}", "twhois": "{t}:{c}",
    "digest": "off",
    "unrem": "{c}:1", "unspam": "{c}", "why": "{r}:0", "write": "{c}",
    "bulk": "", "bulkask": "tag", "bulkgo": "", "bulkstop": "1", "bulkto": "status:vip", "bulkundo": "1", "filt": "",
    "inlist": "{c}:1", "listnew": "{c}", "lists": "{c}", "seg": "1", "segdel": "1", "segkeep": "", "segnew": "",
    "segover": "1", "segpeople": "1", "segren": "1", "segs": "0",
    "bc": "1", "bcnew": "", "bcaim": "1", "bclist": "0", "bcset": "1:when", "bcask": "1:aim", "bcbtn": "1:call",
    "bccount": "1", "bcwho": "1:cap", "bctest": "1", "bctry": "", "bcgo": "1", "bcrun": "1:pause", "bcfix": "1",
    "bcrep": "1", "bcpeople": "1:0", "bcsheet": "1", "bcpic": "1",
    "sb": "", "sbask": "", "whyof": "{c}",
    "visagree": "{r}", "vtime": "{r}", "vpick": "{r}:1", "vset": "{r}:1:1", "scen": "thanks", "scens": "", "scensoon": "", "scenrest": "thanks",
    "svask": "{c}", "svone": "{c}:nps", "svsend": "nps",
    "svs": "", "sv": "nps", "svby": "manager:nps", "svc": "0:nps", "svw": "0", "svpic": "nps", "svx": "nps",
}  # fmt: skip


def _shares(names: list[str]) -> list[list[str]]:
    """Shares of them, so that each is tried in a room that is furnished once."""
    return [names[start::6] for start in range(6)]


async def _data(room: Room) -> Callable[[str], str]:
    """What each button carries in this room, which is furnished for it."""
    tag = await make_tag(room.database, room.olga, "vip")
    task = await make_task(room.database, room.bob_id)
    bought = await make_purchase(room.database, room.olga)

    def of(verb: str) -> str:
        args = ARGS[verb].format(p=bought, c=room.olga, r=room.request, t=task, g=tag)
        return f"{verb}:{args}" if args else verb

    return of


def test_every_button_of_the_team_is_tried_here() -> None:
    """A new button without its line above would not be covered by the tests below."""
    assert set(ARGS) == set(PRESSES)


@pytest.mark.parametrize("verbs", _shares(PRESSES))
async def test_a_customer_presses_no_button_of_the_team(room: Room, verbs: list[str]) -> None:
    """Hostile data is answered as a stale button: nothing changes, nothing is shown."""
    data = await _data(room)
    before = await room.snapshot()
    for number, verb in enumerate(verbs, 1):
        assert await room.charlie.presses(data(verb)) == [], verb
        assert len(room.office.ears.toasts) == number, verb
        assert await room.snapshot() == before, verb


@pytest.mark.parametrize("commands", _shares(COMMANDS))
async def test_a_customer_gives_no_command_of_the_team(room: Room, commands: list[str]) -> None:
    """To a customer such a command does not exist."""
    before = await room.snapshot()
    for command in commands:
        (said,) = await room.charlie.says(f"/{command} {room.olga} vip")
        assert "Olga" not in str(said), command
        assert await room.snapshot() == before, command


@pytest.mark.parametrize("verbs", _shares(PRESSES))
async def test_a_viewer_changes_nothing_by_any_button(room: Room, verbs: list[str]) -> None:
    """What a viewer presses shows, or is refused; the base stays as it is."""
    data = await _data(room)
    before = await room.snapshot()
    for verb in verbs:
        await room.vera.presses(data(verb))
        assert await room.snapshot() == before, verb
        assert not [row for row in await room.rows("outbox") if row.purpose not in ("answer", "staff")], verb
        assert (await room.vera.conversation()).flow is None, verb
        assert not await room.rows("inbox", state="parked"), verb


@pytest.mark.parametrize("commands", _shares(COMMANDS))
async def test_a_viewer_changes_nothing_by_any_command(room: Room, commands: list[str]) -> None:
    """The same for what is typed."""
    await make_tag(room.database, room.olga, "vip")
    before = await room.snapshot()
    for command in commands:
        await room.vera.says(f"/{command} {room.olga} vip")
        assert await room.snapshot() == before, command
        assert (await room.vera.conversation()).flow is None, command


@pytest.mark.parametrize("verbs", _shares(PRESSES))
async def test_who_was_removed_fails_at_the_next_press(room: Room, verbs: list[str]) -> None:
    """From the moment of the removal every old button is stale."""
    data = await _data(room)
    await room.database.write(lambda tx: staff.change(tx, room.bob_id, removed_at=NOON))
    before = await room.snapshot()
    for verb in verbs:
        assert await room.bob.presses(data(verb)) == [], verb
        assert await room.snapshot() == before, verb


async def test_who_was_demoted_is_let_out_of_the_question_that_was_open(room: Room) -> None:
    """What they type next is written nowhere and sent to nobody; after that they are heard again."""
    await room.bob.presses(f"write:{room.olga}")
    assert (await room.bob.conversation()).flow == "write"

    async def demote(tx: Tx) -> None:
        await staff.change(tx, room.bob_id, role="viewer")

    await room.database.write(demote)
    before = await room.snapshot()
    (said,) = await room.bob.says("Hello, Olga")
    assert "not change" in said["text"]
    assert (await room.bob.conversation()).flow is None
    assert await room.snapshot() == before
    shown = await room.bob.says("Koval")
    assert "Olga Koval" in shown[0]["text"]


ALTERED = (
    "", "0", "-1", "9" * 30, "abc", "1:2:3:4:5", "12; DROP TABLE contacts", "999999:999999:x", "１２", "1:" + "9" * 18
)  # fmt: skip


@pytest.mark.parametrize("verbs", _shares(PRESSES))
async def test_altered_data_breaks_nothing(room: Room, verbs: list[str]) -> None:
    """Data of buttons comes from outside: whatever it says, the press is answered and no update fails."""
    for number, verb in enumerate(verbs, 1):
        for args in ALTERED:
            await room.bob.presses(f"{verb}:{args}")
        assert len(room.office.ears.toasts) == number * len(ALTERED), verb
        assert not [row for row in await room.rows("inbox") if row.attempts or row.state != "done"], verb


async def test_what_belongs_to_another_card_cannot_be_reached_through_ones_own(room: Room) -> None:
    """A file, a phone, a reminder and a task are each looked up together with whose they are."""
    other = await make_contact(room.database, name="Taras", phones=["+380670000000"])
    points = await room.rows("contact_points", contact_id=other)
    await room.bob.presses(f"delp:{room.olga}:{points[0].id}")
    assert await room.rows("contact_points", contact_id=other) == points
    alices = await make_task(room.database, 1, "Alice's own")
    await room.bob.presses(f"tdone:{alices}")
    assert (await room.row("tasks", id=alices)).done_at is None
    assert "Alice's own" not in str(await room.bob.says("/tasks"))


async def test_buttons_of_every_screen_lead_somewhere(room: Room) -> None:
    """Walking from the card over every button that only looks, no page fails."""
    await make_note(room.database, room.olga)
    await make_event(room.database, room.olga, text="Добрий день")
    await make_request(room.database, room.olga, stage="lost", lost_reason="Дорого")
    waiting, seen = [f"card:{room.olga}", "queue:0"], set[str]()
    looking = {"card", "reqs", "line", "notes", "files", "rems", "open", "req", "queue", "tags", "edit", "ed", "edf"}
    while waiting:
        data = waiting.pop()
        seen.add(data)
        for payload in await room.bob.presses(data):
            fresh = [one for one in buttons(payload) if one not in seen and one.partition(":")[0] in looking]
            waiting += [one for one in fresh if one not in waiting]
    assert len(seen) > 15
    assert not [row for row in await room.rows("inbox") if row.attempts]


@pytest.mark.parametrize("command", ["export", "exports", "archive", "broadcast", "broadcasts"])
async def test_a_manager_hears_whose_it_is_to_carry_away_and_to_send_to_all(room: Room, command: str) -> None:
    """An export changes nothing: to be told that one may look, but not change, would be no answer."""
    (said,) = await room.bob.says(f"/{command}")
    assert said["text"] == "Only owners may do this. Ask one of them if you need it."


async def test_a_viewer_hears_that_they_may_look(room: Room) -> None:
    (said,) = await room.vera.says(f"/note {room.olga} likes mornings")
    assert "You may look, but not change this" in said["text"]
