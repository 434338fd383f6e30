"""A form at the edge: the step is kept whatever comes, one request is left, old buttons are harmless."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import event

from storage import consents, contacts, requests, tags
from storage.engine import Database
from tests.handlers.customer.playbooks import EVERY_STEP
from tests.handlers.desk import Office, Talker
from tests.storage.makers import make_outbox_row

ANSWERS: dict[str, dict[str, Any]] = {
    "words": {"text": "Мои слова"},
    "one": {"press": "o:b"},
    "many": {"press": "done"},
    "amount": {"text": "3"},
    "day": {"text": "25.12"},
    "hour": {"text": "15:30"},
    "moment": {"text": "завтра в 15:00"},
    "rules": {"press": "agree"},
    "name": {"text": "Ольга"},
    "phone": {"contact": {"phone_number": "380501112233", "first_name": "Olga", "user_id": 501}},
    "email": {"text": "olga@example.com"},
    "photos": {"press": "done"},
    "place": {"location": {"latitude": 50.45, "longitude": 30.52}},
}
FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 10}
CONTENT: dict[str, dict[str, Any]] = {
    "sticker": {
        "sticker": {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
    },
    "voice": {"voice": {**FILE, "duration": 1}},
    "video note": {"video_note": {**FILE, "length": 1, "duration": 1}},
    "video": {"video": {**FILE, "width": 1, "height": 1, "duration": 1}},
    "audio": {"audio": {**FILE, "duration": 1}},
    "document": {"document": FILE},
    "photo of an album": {"photo": [{**FILE, "width": 1, "height": 1}], "media_group_id": "9"},
    "animation": {"animation": {**FILE, "width": 1, "height": 1, "duration": 1}, "document": FILE},
    "poll": {
        "poll": {
            "id": "1",
            "question": "?",
            "options": [],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
    },
    "location": {"location": {"latitude": 1.0, "longitude": 2.0}},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "another's contact": {"contact": {"phone_number": "+380670000000", "first_name": "X", "user_id": 9}},
    "contact without an id": {"contact": {"phone_number": "+380670000000", "first_name": "X"}},
    "forwarded words": {
        "text": "Первый",
        "forward_origin": {"type": "hidden_user", "sender_user_name": "X", "date": 1},
    },
    "edited words": {"edited": "Первый"},
    "a command": {"text": "/help"},
    "an unknown command": {"text": "/nonsense"},
    "unknown content": {"giveaway_created": {}},
    "an old button": {"press": "f:1:0:o:a"},
    "a hostile button": {"press": "f:🙂:-1:edit:99999999999999999999"},
    "words that are no answer": {"text": "<b>{name}</b> \u202e'; DROP TABLE contacts; --"},
    "nothing to be seen": {"text": "\u200b\u200b"},
    "four thousand letters": {"text": "ы" * 4096},
}
TAKEN = {
    ("photos", "voice"), ("photos", "video note"), ("photos", "video"), ("photos", "audio"), ("photos", "document"),
    ("photos", "photo of an album"), ("photos", "animation"), ("place", "location"),
    ("words", "words that are no answer"), ("name", "words that are no answer"), ("place", "words that are no answer"),
}  # fmt: skip
"""What is an answer after all: a file where files are gathered, words where words are asked for."""


@pytest.fixture
async def office(database: Database) -> Office:
    return await Office(database, EVERY_STEP).open(EVERY_STEP)


async def give(person: Talker, content: dict[str, Any]) -> list[dict[str, Any]]:
    """One content: a message, an edit, or a press (of the open question, when it has no turn of its own)."""
    if "press" in content:
        pressed = content["press"]
        return await (person.presses(pressed) if pressed.startswith("f:") else person.press(pressed))
    if "edited" in content:
        return await person.edits(text=content["edited"])
    return await person.sends(**content)


async def fill(person: Talker, until: str | None = None) -> list[dict[str, Any]]:
    """Answers question after question, up to the one of this field (or to the summary)."""
    said = await person.says("/start form_all")
    for field, content in ANSWERS.items():
        if field == "name":
            said = await person.press("agree")
        if field == until:
            return said
        if field == "many":
            await person.press("o:x")
        if field == "photos":
            await person.sends(photo=[{**FILE, "width": 1, "height": 1}])
        said = await give(person, content)
    return said


@pytest.mark.parametrize("field", ANSWERS)
async def test_whatever_comes_the_step_is_kept_and_answered(office: Office, field: str) -> None:
    """Every kind of content at this question: it is still the open one, and the person was answered each time."""
    person = office.person()
    await fill(person, until=field)
    before = await person.state()
    for name, content in CONTENT.items():
        if (field, name) in TAKEN:
            continue
        heard = len(office.ears.toasts)
        said = await give(person, content)
        state = await person.state()
        assert (state["place"], state["step"], state["turn"]) == (before["place"], before["step"], before["turn"]), name
        assert state["answers"] == before["answers"], name
        assert said or len(office.ears.toasts) > heard, f"{name} was met with silence"
    await give(person, {"photo": [{**FILE, "width": 1, "height": 1}]} if field == "photos" else ANSWERS[field])
    if field in ("many", "photos"):
        await person.press("done") if field == "photos" else None
    assert field == "many" or (await person.state())["step"] != before["step"]


async def test_all_answers_become_one_request(office: Office, database: Database) -> None:
    """What was answered of the person is on the card, the rest in the request; tags are put; consent has its proof."""
    person = office.person(username="olga")
    await fill(person)
    thanks = await person.press("confirm")
    assert "№ 1" in thanks[0]["text"]
    async with database.read() as db:
        contact = await contacts.by_telegram_id(db, 501)
        assert contact is not None
        assert (contact.name, contact.username, contact.requests, contact.open_requests) == ("Ольга", "olga", 1, 1)
        found = [(point.kind, point.value, point.verified) for point in await contacts.points(db, contact.id)]
        assert found == [("phone", "+380501112233", True), ("email", "olga@example.com", False)]
        assert [tag.name for tag in await tags.of_contact(db, contact.id)] == ["бот"]
        (request,) = await requests.of_contact(db, contact.id)
        (proof,) = await consents.history(db, contact.id)
    shown = {answer["field"]: answer["shown"] for answer in request.answers}
    assert list(shown) == list(ANSWERS)
    assert shown["one"] == "Второй"
    assert shown["photos"] == "1 файл"
    assert (proof["purpose"], proof["granted"], proof["version"]) == ("processing", True, "1")
    assert "Студия" in proof["text"]
    assert proof["message_id"] == 77


async def test_twenty_confirmations_are_one_request(office: Office, database: Database) -> None:
    """The button may be pressed as often as one likes."""
    person = office.person()
    await fill(person)
    state = await person.state()
    data = f"f:{state['run']}:{state['turn']}:confirm"
    for _ in range(21):
        await person.presses(data)
    async with database.read() as db:
        assert len(await requests.of_contact(db, 1)) == 1
    assert office.ears.toasts.count("Уже отправлено: заявка у нас.") == 20


async def test_a_form_that_was_left_is_not_said_to_be_sent(office: Office) -> None:
    """Nor is one that somebody else sent, whatever the button carries."""
    person = office.person()
    await fill(person)
    run = (await person.state())["run"]
    await person.press("cancel")
    await make_outbox_row(office.database, chat_id=502, key="f:12:sent")
    office.ears.toasts.clear()
    for one in (run, "12"):
        await person.presses(f"f:{one}:14:confirm")
    assert office.ears.toasts == ["Эта заявка уже закончена."] * 2


async def test_a_button_of_an_earlier_filling_is_not_one_of_now(office: Office) -> None:
    """The same form begun again has turns of the same numbers: its old buttons still change nothing."""
    person = office.person()
    await person.says("/start form_all")
    first = await person.state()
    await person.presses("anew:all")
    second = await person.state()
    assert second["turn"] == first["turn"]
    await person.presses(f"f:{first['run']}:{first['turn']}:cancel")
    assert (await person.state())["run"] == second["run"]


async def test_nothing_personal_is_stored_before_consent(office: Office, database: Database) -> None:
    """Up to the gate the base holds an id and a language: no name, no username, no word of Telegram's profile."""
    person = office.person(first_name="Olga", username="olga_k", last_name="Koval")
    await fill(person, until="words")
    await person.says("Мои слова")
    async with database.read() as db:
        contact = await contacts.by_telegram_id(db, 501)
    assert contact is not None
    assert (contact.name, contact.username) == (None, None)
    kept = json.dumps((await person.conversation()).state, ensure_ascii=False)
    assert "Olga" not in kept
    assert "olga_k" not in kept


async def test_a_new_text_of_consent_is_asked_again(office: Office, database: Database) -> None:
    """Who agreed to an earlier version meets the gate once more."""
    person = office.person()
    await fill(person)
    await person.press("confirm")
    changed = EVERY_STEP.replace('consent_version = "1"', 'consent_version = "2"')
    office.place.playbooks = type(office.place.playbooks)(
        Office(database, changed).playbook, lambda text: office.playbook
    )
    await person.says("/start form_all")
    for field, content in ANSWERS.items():
        if field == "name":
            break
        if field == "many":
            await person.press("o:x")
        await give(person, content)
    assert (await person.state())["place"] == "consent"


async def test_the_form_goes_on_with_the_playbook_it_began_with(office: Office, database: Database) -> None:
    """A playbook put in force meanwhile does not change the questions of who is in the middle."""
    person = office.person()
    await person.says("/start form_all")
    changed = EVERY_STEP.replace("Один?", "Другое?")
    after = Office(database, changed)
    after.place.playbooks._known[office.playbook.hash] = office.playbook
    said = await Talker(after, person.user).says("Мои слова")
    assert "Один?" in said[0]["text"]


async def test_twenty_messages_at_once_are_one_a_step_and_one_request(office: Office, database: Database) -> None:
    """Words thrown in faster than they are answered are taken in their order, each by the question then open."""
    person = office.person()
    await fill(person, until="day")
    for text in ["25.12", "15:30", "завтра в 15:00", "да", "да", "Ольга", "0501112233", "olga@example.com"]:
        await person.says(text)
    assert (await person.state())["step"] == 11
    answers = (await person.state())["answers"]
    assert (answers["name"]["value"], answers["phone"]["value"]) == ("Ольга", "+380501112233")


async def test_words_steer_as_buttons_do(office: Office) -> None:
    """Back, cancel and the like may be typed; a cancelled form waits as the draft."""
    person = office.person()
    await fill(person, until="many")
    await person.says("назад")
    assert (await person.state())["step"] == 1
    await person.says("Отмена")
    conversation = await person.conversation()
    assert conversation.flow is None
    assert conversation.draft is not None
    said = await person.says("/start")
    assert "Вы не закончили" in said[1]["text"]
    said = await person.presses("go")
    assert "Один?" in said[0]["text"]


async def test_an_answer_is_corrected_from_the_summary(office: Office) -> None:
    """Its button asks that one question again, and the summary comes back with the new answer."""
    person = office.person()
    await fill(person)
    said = await person.press("edit:3")
    assert "Сколько?" in said[0]["text"]
    said = await person.says("7")
    assert "<b>7</b>" in said[0]["text"]
    assert (await person.state())["place"] == "summary"


async def test_an_option_is_corrected_at_one_press(office: Office) -> None:
    """Its question shows all the options at once, and which of them is kept; one that is none is asked for below them."""
    person = office.person()
    await fill(person)
    (asked,) = await person.press("edit:1")
    assert "Сейчас выбрано: <b>Второй</b>" in asked["text"]
    (again,) = await person.says("третий")
    assert "Такого варианта нет" in again["text"]
    for said in (asked, again):
        assert [button["text"] for button in said["buttons"][0]] == ["Первый", "✅ Второй"]
    (summed,) = await person.press("o:a")
    assert "<b>Первый</b>" in summed["text"]
    assert (await person.state())["place"] == "summary"


async def test_what_was_ticked_and_agreed_to_is_corrected_at_one_press(office: Office) -> None:
    person = office.person()
    await fill(person)
    (asked,) = await person.press("edit:2")
    assert [row[0]["text"] for row in asked["buttons"][:2]] == ["✅ Икс", "▫️ Игрек"]
    await person.press("back")
    (asked,) = await person.press("edit:7")
    assert [button["text"] for button in asked["buttons"][0]] == ["✅ Да", "Нет"]
    await person.press("agree")
    assert (await person.state())["place"] == "summary"


async def test_back_from_a_correction_is_the_summary(office: Office) -> None:
    person = office.person()
    await fill(person)
    await person.press("edit:3")
    (said,) = await person.says("назад")
    assert "Всё верно? Если нет" in said["text"]
    assert (await person.state())["place"] == "summary"


async def test_doubts_are_asked_with_buttons(office: Office) -> None:
    """A date of two meanings is never guessed: both are offered, and the press is the answer."""
    person = office.person()
    await fill(person, until="moment")
    said = await person.says("завтра в 8")
    times = [button["text"] for row in said[0]["buttons"] for button in row if ":o:" in button["data"]]
    assert [time[-5:] for time in times] == ["08:00", "20:00"]
    said = await person.press("o:1")
    assert "20:00" in said[0]["text"]


async def test_a_form_message_costs_one_read(office: Office, database: Database) -> None:
    """The hot path: what the edge reads of the person is all that is read, and the rest is written with others."""
    person = office.person()
    await fill(person, until="amount")
    statements: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        statements.append(" ".join(statement.split()[:3]))

    event.listen(database._write_engine.sync_engine, "before_cursor_execute", note)
    await person.says("3")
    handled = len(statements) - 1 - statements[::-1].index("BEGIN IMMEDIATE")  # after the transaction that stored it
    assert statements[handled:] == [
        "BEGIN IMMEDIATE",
        "SELECT contacts.id, contacts.telegram_id,",
        "INSERT INTO conversations",
        "INSERT INTO outbox",
        "UPDATE inbox SET",
    ]
