"""A campaign as its owner puts it together, counts it, starts it and stops it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from crm import campaign_letters
from crm.campaign_letters import Options
from crm.counted_links import CountedLinks
from storage import campaigns, tables
from storage.engine import Database
from tests.clocks import NOON
from tests.handlers.staff.rooms import Room, buttons, make_room
from tests.storage.makers import make_consent, make_contact, make_outbox_row, make_purchase, make_tag


@pytest.fixture
async def room(database: Database) -> Room:
    room = await make_room(database)
    await make_consent(database, room.olga, purpose="marketing")
    return room


OF_OLGA = ["📞 Зателефонуйте мені", "Рідше", "Не надсилати"]


async def drafted(room: Room, text: str = "Hello, {name|friend}!") -> None:
    """Campaign 1, to everybody, with these words."""
    await room.alice.says("/broadcast *")
    await room.alice.says(text)


async def test_words_are_asked_for_first_and_the_draft_is_shown(room: Room) -> None:
    (asked,) = await room.alice.says("/broadcast tag:vip")
    assert "Send the message" in asked["text"]
    assert "Language: English." in asked["text"]
    (draft,) = await room.alice.sends(text="Spring is here", entities=[{"type": "bold", "offset": 0, "length": 6}])
    assert "Spring is here" in draft["text"]
    assert "tag:vip" in draft["text"]
    kept = await room.row("campaigns")
    assert kept.content["variants"][0]["text"] == {"en": "<b>Spring</b> is here"}
    assert kept.name == "Spring is here"


async def test_the_first_words_are_in_their_authors_language_and_the_draft_names_it(room: Room) -> None:
    speaks = update(tables.staff).where(tables.staff.c.name == "Alice").values(language="uk")
    await room.database.write(lambda tx: tx.run(speaks))
    await room.alice.says("/broadcast *")
    (draft,) = await room.alice.says("Знижка 10 %")
    assert "🌐 Українська" in draft["text"]
    assert (await room.row("campaigns")).content["variants"][0]["text"] == {"uk": "Знижка 10 %"}
    await room.alice.presses("bcask:1:text:a")
    await room.alice.says("Знижка 15 %")
    assert (await room.row("campaigns")).content["variants"][0]["text"] == {"uk": "Знижка 15 %"}


async def test_an_author_whose_language_the_business_does_not_speak_writes_in_its_own(room: Room) -> None:
    salon = room.office.place.playbooks.current
    speaks = salon.business.model_copy(update={"languages": ("ru", "uk")})
    room.office.place.playbooks.current = salon.model_copy(update={"business": speaks})
    await drafted(room)
    assert list((await room.row("campaigns")).content["variants"][0]["text"]) == ["ru"]


async def test_the_text_can_be_said_to_be_in_another_language(room: Room) -> None:
    """Whoever writes in a language that is not their own; with words in two there is nothing to choose."""
    await drafted(room, "Скидка 10 %")
    (which,) = await room.alice.presses("bcset:1:language")
    assert "✅ English" in str(which["buttons"])
    (draft,) = await room.alice.presses("bcset:1:language:ru")
    assert "🌐 Русский" in draft["text"]
    assert (await room.row("campaigns")).content["variants"][0]["text"] == {"ru": "Скидка 10 %"}
    await room.alice.presses("bcask:1:text:a:uk")
    (draft,) = await room.alice.says("Знижка 10 %")
    assert "bcset:1:language" not in buttons(draft)
    await room.alice.presses("bcset:1:language:en")
    kept = (await room.row("campaigns")).content["variants"][0]["text"]
    assert kept == {"ru": "Скидка 10 %", "uk": "Знижка 10 %"}


async def test_an_unknown_placeholder_is_told_with_the_nearest(room: Room) -> None:
    await room.alice.says("/broadcast *")
    (again,) = await room.alice.says("Hello, {nmae}!")
    assert "{nmae}" in again["text"]
    assert "{name}" in again["text"]
    (draft,) = await room.alice.says("Hello, {name|friend}!")
    assert "friend" in draft["text"]


async def test_a_question_that_is_not_understood_begins_nothing(room: Room) -> None:
    await room.alice.says("/broadcast spnt>=100")
    assert await room.rows("campaigns") == []


async def test_counted_then_started_then_its_progress_is_shown(room: Room) -> None:
    await make_contact(room.database, name="Taras")
    await drafted(room)
    (count,) = await room.alice.presses("bccount:1")
    assert "2 people" in count["text"]
    assert "have not agreed: 1" in count["text"]
    assert "bcgo:1" in buttons(count)
    assert "once more before sending" not in count["text"], "nobody had enough lately"
    (going,) = await room.alice.presses("bcgo:1")
    assert "has started" in going["text"]
    assert (await room.row("campaigns")).state == "planned"
    assert room.office.ears.toasts[-1] == "The campaign has started"


async def test_who_had_enough_lately_is_said_to_wait_in_line_with_the_others(room: Room) -> None:
    """They are counted out before the start, and among those who are left after it: the policy is asked at sending.
    Where there is nobody else there is no start either, and so no line to wait in."""
    for number in range(3):
        at = NOON - timedelta(days=number + 1)
        of = {"contact_id": room.olga, "purpose": "marketing", "state": "sent", "sent_at": at, "due_at": at}
        await make_outbox_row(room.database, key=f"old:{number}", chat_id=1, payload={"text": "Hi"}, **of)
    await drafted(room)
    (count,) = await room.alice.presses("bccount:1")
    assert "had enough lately: 1" in count["text"]
    assert "once more before sending" not in count["text"]
    assert "bcgo:1" not in buttons(count)
    other = await make_contact(room.database, name="Iryna")
    await make_consent(room.database, other, purpose="marketing")
    (count,) = await room.alice.presses("bccount:1")
    assert "once more before sending" in count["text"]
    assert "bcgo:1" in buttons(count)


async def test_who_reads_a_language_without_words_is_told_of_before_the_start(room: Room) -> None:
    for language in ("uk", "uk", "en", "ru"):
        one = await make_contact(room.database, name="Reader", language=language)
        await make_consent(room.database, one, purpose="marketing")
    await make_contact(room.database, name="No consent", language="en")
    await room.database.write(
        lambda tx: tx.run(update(tables.contacts).values(language="ru").where(tables.contacts.c.id == room.olga))
    )
    await drafted(room)
    (count,) = await room.alice.presses("bccount:1")
    assert "Of them 2 read Russian and 2 read Ukrainian: there is no text in their language." in count["text"]
    await room.alice.presses("bcask:1:text:a:uk")
    await room.alice.says("Привіт!")
    await room.alice.presses("bcask:1:text:a:ru")
    await room.alice.says("Привет!")
    (count,) = await room.alice.presses("bccount:1")
    assert "Of them" not in count["text"]


async def test_whose_language_lacks_words_is_counted_by_the_variant_that_is_theirs(room: Room) -> None:
    """The draw is known before the start; who waits for the winner is told of by what may win."""
    readers = []
    for _ in range(24):
        one = await make_contact(room.database, name="Reader", language="en")
        await make_consent(room.database, one, purpose="marketing")
        readers.append(one)
    await drafted(room)
    await room.alice.presses("bcask:1:variant")
    await room.alice.says("Привет!")
    variants = (await room.row("campaigns")).content["variants"]
    variants[1]["text"] = {"ru": "Привет!"}
    content = {"variants": variants, "choices": []}
    await room.database.write(lambda tx: tx.run(update(tables.campaigns).values(content=content, aim="")))
    lacking = [one for one in readers if campaign_letters.any_variant(1, one, "ab") == "b"]
    assert 1 < len(lacking) < 24
    (count,) = await room.alice.presses("bccount:1")
    assert f"{len(lacking)} read English" in count["text"]
    assert "If variant" not in count["text"]
    await room.alice.presses("bcset:1:test:50")
    tried = Options(test=50)
    parts = [campaign_letters.part(1, one, tried, "ab") for one in readers]
    waiting = parts.count(("waiting", ""))
    theirs = parts.count(("planned", "b"))
    assert waiting > 1 < theirs
    (count,) = await room.alice.presses("bccount:1")
    assert f"If variant B wins, {waiting} people more have no text in their language." in count["text"]
    assert f"{theirs} read English" in count["text"]


async def test_who_falls_away_becomes_a_list(room: Room) -> None:
    taras = await make_contact(room.database, name="Taras")
    await drafted(room)
    for _ in range(2):
        (kept,) = await room.alice.presses("bcwho:1:no-consent")
        assert "no consent" in kept["text"]
    assert [row.contact_id for row in await room.rows("segment_members")] == [taras]


async def test_settings_are_chosen_by_buttons(room: Room) -> None:
    await drafted(room)
    for what in ("purpose", "when", "tests", "buttons", "control", "spread", "useful", "topic"):
        assert await room.alice.presses(f"bcset:1:{what}"), what
    await room.alice.presses("bcset:1:control:10")
    await room.alice.presses("bcset:1:spread:180")
    (shown,) = await room.alice.presses("bcset:1:purpose:service")
    assert "10 %" in shown["text"]
    assert "3 h" in shown["text"]
    assert (await room.row("campaigns")).purpose == "service"


async def test_a_time_is_typed_as_people_write_it(room: Room) -> None:
    await drafted(room)
    await room.alice.presses("bcask:1:time")
    (again,) = await room.alice.says("whenever")
    assert "could not read" in again["text"]
    (again,) = await room.alice.says("yesterday at 12")
    assert "That time has passed" in again["text"]
    (again,) = await room.alice.says("31 February at 12")
    assert "There is no such day" in again["text"]
    (shown,) = await room.alice.says("tomorrow at 15:00")
    assert "15:00" in shown["text"]
    assert (await room.row("campaigns")).start_at.isoformat() == "2026-11-25T13:00:00+00:00"


async def test_another_language_and_another_variant(room: Room) -> None:
    await drafted(room)
    await room.alice.presses("bcask:1:text:a:uk")
    await room.alice.says("Привіт, {name|друже}!")
    await room.alice.presses("bcask:1:variant")
    (shown,) = await room.alice.says("Hi!")
    assert "Variant B" in shown["text"]
    content = (await room.row("campaigns")).content
    assert content["variants"][0]["text"] == {"en": "Hello, {name|friend}!", "uk": "Привіт, {name|друже}!"}
    assert content["variants"][1]["text"] == {"en": "Hi!"}


async def test_with_a_public_address_a_test_message_has_the_page_itself(room: Room) -> None:
    """It opens at the first tap as it will for people, and a test is counted for nobody."""
    room.office.place.links = CountedLinks("https://go.example.com", b"k" * 32)
    await drafted(room)
    (asked,) = await room.alice.presses("bcask:1:link")
    assert "opens at the first tap" in asked["text"]
    (again,) = await room.alice.says("Look | example")
    assert "opens at the first tap" in again["text"]
    await room.alice.says("Look | https://example.com")
    (shown,) = await room.alice.presses("bctest:1")
    assert shown["buttons"][0][0] == {"text": "Look", "url": "https://example.com"}


async def test_buttons_are_added_and_a_bad_address_is_refused(room: Room) -> None:
    await drafted(room)
    await room.alice.presses("bcask:1:link")
    (again,) = await room.alice.says("Look | example")
    assert "https://" in again["text"]
    await room.alice.says("Look | https://example.com")
    await room.alice.presses("bcask:1:promo")
    await room.alice.says("Copy | лён10")
    await room.alice.presses("bcbtn:1:call")
    (shown,) = await room.alice.presses("bcbtn:1:form:booking")
    assert "Copy · a promo code <code>ЛЁН10</code>" in shown["text"]
    assert [one[0] for one in (await room.row("campaigns")).content["choices"]] == ["link", "promo", "call", "form"]


async def test_a_promo_code_that_no_sale_would_take_is_refused_with_those_there_are(room: Room) -> None:
    await drafted(room)
    (asked,) = await room.alice.presses("bcask:1:promo")
    assert "Copy the code | ЛЁН10" in asked["text"]
    for said in ("NOPE", "Copy |", "| ЛЁН10"):
        (again,) = await room.alice.says(said)
        assert "after a bar, a code: <code>Copy the code | ЛЁН10</code>" in again["text"]
        assert "https://" not in again["text"]
    (again,) = await room.alice.says("Copy | <NOPE>")
    assert "no promo code “&lt;NOPE&gt;”. There are: ЛЁН10, СВЯТО." in again["text"]
    for _ in range(100):
        await make_purchase(room.database, room.olga, promo="СВЯТО")
    (again,) = await room.alice.says("Copy | СВЯТО")
    assert "used as often as it can be" in again["text"]
    salon = room.office.place.playbooks.current
    room.office.place.playbooks.current = salon.model_copy(update={"promos": ()})
    (again,) = await room.alice.says("Copy | ЛЁН10")
    assert "the playbook has none yet" in again["text"]
    room.office.place.playbooks.current = salon
    room.office.clock.move(timedelta(days=90))
    await room.alice.presses("bcask:1:promo")
    (again,) = await room.alice.says("Copy | СВЯТО")
    assert "“СВЯТО” is over" in again["text"]
    assert (await room.row("campaigns")).content["choices"] == []


async def test_a_code_goes_out_on_a_day_when_it_is_taken(room: Room) -> None:
    await drafted(room)
    await room.alice.presses("bcask:1:promo")
    await room.alice.says("Copy | СВЯТО")
    await room.alice.presses("bcgo:1")
    assert "valid from Dec 1, 2026" in room.office.ears.toasts[-1]
    assert (await room.row("campaigns")).state == "draft"
    room.office.clock.move(datetime(2026, 12, 1, 12, tzinfo=UTC) - room.office.clock.now())

    async def set_for(day: int) -> None:
        starts = datetime(2027, 1, day, 12, tzinfo=UTC)
        await room.database.write(lambda tx: tx.run(update(tables.campaigns).values(start_at=starts)))

    await set_for(20)
    await room.alice.presses("bcgo:1")
    assert "is over after Jan 14, 2027" in room.office.ears.toasts[-1]
    await set_for(14)
    await room.alice.presses("bcgo:1")
    assert (await room.row("campaigns")).state == "planned"


async def test_whole_days_are_said_as_days(room: Room) -> None:
    await drafted(room)
    (which,) = await room.alice.presses("bcset:1:useful")
    assert [row[0]["text"] for row in which["buttons"][:3]] == ["✅ 1 day", "3 days", "7 days"]
    (shown,) = await room.alice.presses("bcset:1:useful:168")
    assert "waits up to 7 days" in shown["text"]
    (which,) = await room.alice.presses("bcset:1:decide")
    assert [row[0]["text"] for row in which["buttons"][:4]] == ["1 h", "4 h", "✅ 1 day", "2 days"]


async def test_buttons_that_nobody_typed_are_in_the_language_of_who_reads(room: Room) -> None:
    await drafted(room)
    for what in ("call", "form:booking"):
        (shown,) = await room.alice.presses(f"bcbtn:1:{what}")
    assert "📞 Call me" in shown["text"]
    (mine,) = await room.alice.presses("bctest:1")
    await room.database.write(lambda tx: tx.run(update(tables.contacts).values(language="uk")))
    await room.alice.presses("bcask:1:person")
    (seen,) = await room.alice.says(str(room.olga))
    booking = room.office.place.playbooks.current.form("booking")
    assert booking is not None
    for said, language, call in ((mine, "en", "📞 Call me"), (seen, "uk", "📞 Зателефонуйте мені")):
        assert [row[0]["text"] for row in said["buttons"][:2]] == [call, booking.title.say(language)]


async def test_a_campaign_that_says_nothing_but_a_name_is_called_by_its_number(room: Room) -> None:
    await drafted(room, "{name|friend}, this Saturday…")
    assert (await room.row("campaigns")).name == "This Saturday…"
    await room.alice.presses("bcask:1:text:a")
    await room.alice.says("{name}!")
    assert (await room.row("campaigns")).name == "№ 1"


async def test_a_photo_with_its_caption(room: Room) -> None:
    await room.alice.says("/broadcast *")
    photo = [{"file_id": "small", "file_unique_id": "s", "width": 1, "height": 1}]
    await room.alice.sends(photo=photo, caption="Look")
    variant = (await room.row("campaigns")).content["variants"][0]
    assert variant == {"id": "a", "text": {"en": "Look"}, "media": [["photo", "small"]]}


async def test_begun_from_a_segments_page_it_is_for_that_segment(room: Room) -> None:
    await make_tag(room.database, room.olga, "vip")
    await room.alice.says("/segment save Regulars tag:vip")
    await room.delivered()
    (asked, *_) = [row for row in await room.rows("outbox") if "segkeep" in str(row.payload)]
    await room.alice.presses("segkeep", asked.message_id)
    (page,) = await room.alice.says("/segment show Regulars")
    assert "bcaim:1" in buttons(page)
    await room.alice.presses("bcaim:1")
    (draft,) = await room.alice.says("Hello!")
    assert 'segment:"Regulars"' in draft["text"]


async def test_corrected_words_are_asked_for_and_checked(room: Room) -> None:
    await drafted(room)
    await room.database.write(lambda tx: campaigns.change(tx, 1, among=None, now=NOON, state="running"))
    (asked,) = await room.alice.presses("bcfix:1")
    assert "new words" in asked["text"]
    (again,) = await room.alice.says("Bye, {nmae}")
    assert "{name}" in again["text"]
    await room.alice.says("Bye, {name|friend}: 15 %")
    assert (await room.row("campaigns")).name == "Bye: 15 %"


async def test_seen_as_a_customer_would_and_sent_to_oneself(room: Room) -> None:
    await drafted(room)
    (mine,) = await room.alice.presses("bctest:1")
    assert mine["text"] == "Hello, Alice!"
    await room.alice.presses("bcask:1:person")
    (seen,) = await room.alice.says(str(room.olga))
    assert seen["text"] == "Hello, Olga!"


async def test_a_preview_has_the_buttons_of_an_advertisement_and_none_of_them_does_anything(room: Room) -> None:
    """Whoever tries "stop" in it must not be taken at their word, nor be asked what a customer would be."""
    await drafted(room)
    await room.alice.presses("bcbtn:1:call")
    (mine,) = await room.alice.presses("bctest:1")
    await room.alice.presses("bcask:1:person")
    (seen,) = await room.alice.says(str(room.olga))
    for said, like in ((mine, ["📞 Call me", "Fewer of these", "Stop"]), (seen, OF_OLGA)):
        assert [one["text"] for row in said["buttons"] for one in row] == like
    before = len(await room.rows("contacts")), len(await room.rows("consents"))
    for data in set(buttons(mine)):
        assert await room.alice.presses(data) == []
        assert "This is a test" in room.office.ears.toasts[-1]
    assert (len(await room.rows("contacts")), len(await room.rows("consents"))) == before
    await room.alice.presses("bcset:1:purpose:service")
    (mine,) = await room.alice.presses("bctest:1")
    assert [one["text"] for row in mine["buttons"] for one in row] == ["📞 Call me"], "asked for: nothing to stop"


async def test_a_test_to_oneself_has_points_as_a_card_without_any_would(room: Room) -> None:
    await drafted(room, "{name}, you have {points} points. Your city: {city|ours}")
    (mine,) = await room.alice.presses("bctest:1")
    assert mine["text"] == "Alice, you have 0 points. Your city: ours"
    assert (await room.row("campaigns")).name == "You have … points. Your city: ours"


async def test_stopping_for_good_is_asked_about_first(room: Room) -> None:
    await drafted(room)
    await room.alice.presses("bcgo:1")
    (asked,) = await room.alice.presses("bcrun:1:cancel")
    assert (await room.row("campaigns")).state == "planned"
    assert "bcrun:1:cancel:yes" in buttons(asked)
    await room.alice.presses("bcrun:1:cancel:yes")
    assert (await room.row("campaigns")).state == "cancelled"
    (listed,) = await room.alice.says("/broadcasts")
    assert "bc:1" in buttons(listed)


async def test_a_manager_has_none_of_it(room: Room) -> None:
    await drafted(room)
    for data in ("bc:1", "bcgo:1", "bcrun:1:pause", "bccount:1"):
        assert await room.bob.presses(data) == []
    assert (await room.row("campaigns")).state == "draft"
