"""The chat page in a real browser, against a running simulator; the test itself plays the bot over plain HTTP."""

import json
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    ViewportSize,
    WebSocketRoute,
    async_playwright,
    expect,
)

from simulator.server import PAGE, Simulator, running
from tests.patience import PATIENCE_SECONDS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

expect.set_options(timeout=1000 * PATIENCE_SECONDS)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]

OLGA, PAVLO, MARIA, TARAS, TEAM = 1001, 1002, 1003, 1004, -1001
WIDE: ViewportSize = {"width": 1720, "height": 980}
PHONE: ViewportSize = {"width": 390, "height": 844}

Json = dict[str, Any]


class Bot:
    """The bot, played by the test: it takes one update at a time and says what the test tells it to."""

    def __init__(self, session: aiohttp.ClientSession, simulator: Simulator) -> None:
        self._session = session
        self._address = f"{simulator.url}/bot{simulator.token}/"
        self._offset = 0

    async def call(self, method: str, **parameters: Any) -> Any:
        async with self._session.post(self._address + method, json=parameters) as response:
            body = await response.json()
        assert body["ok"], body
        return body["result"]

    async def takes(self, kind: str) -> Json:
        """The next update, which must be of this kind: its content."""
        updates: list[Json] = await self.call("getUpdates", offset=self._offset, limit=1, timeout=10)
        assert updates, f"no {kind} came within ten seconds"
        self._offset = updates[0]["update_id"] + 1
        assert kind in updates[0], updates[0]
        content: Json = updates[0][kind]
        return content

    async def says(self, chat: int, text: str, *rows: list[Json], **more: Any) -> Json:
        markup = {"reply_markup": {"inline_keyboard": list(rows)}} if rows else {}
        message: Json = await self.call("sendMessage", chat_id=chat, text=text, parse_mode="HTML", **markup, **more)
        return message


def key(text: str, data: str | None = None) -> Json:
    return {"text": text, "callback_data": data or text}


class Town:
    """A simulator with the usual cast, its bot, and a browser to look at it with."""

    def __init__(self, simulator: Simulator, bot: Bot, session: aiohttp.ClientSession, browser: Browser) -> None:
        self.simulator, self.bot, self._session, self._browser = simulator, bot, session, browser
        self.complaints: list[str] = []

    async def sim(self, path: str, **body: Any) -> Json:
        async with self._session.post(f"{self.simulator.url}/sim/{path}", json=body) as response:
            answer: Json = await response.json()
        assert answer["ok"], answer
        return answer

    async def does(self, person: int, verb: str, **body: Any) -> Json:
        return await self.sim(f"people/{person}/{verb}", **body)

    async def opens(self, *, size: ViewportSize = WIDE, scheme: Any = "light", language: str = "en-US") -> Page:
        """The page as a newcomer sees it, with its columns drawn."""
        context = await self._browser.new_context(
            viewport=size, color_scheme=scheme, locale=language, reduced_motion="reduce"
        )
        page = await context.new_page()
        page.set_default_timeout(30_000)

        def complain(message: ConsoleMessage) -> None:
            if message.type == "error":
                self.complaints.append(message.text)

        page.on("console", complain)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        await page.goto(self.simulator.url)
        await expect(page.locator(".column").first).to_be_visible()
        return page


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def town(browser: Browser) -> AsyncIterator[Town]:
    """Two customers, a manager, an owner and their group; nothing may complain in the browser's console."""
    async with running(Simulator()) as simulator, aiohttp.ClientSession() as session:
        bot = Bot(session, simulator)
        town = Town(simulator, bot, session, browser)
        cast = (
            (OLGA, "Olga", "Koval", "uk", "customer"),
            (PAVLO, "Pavlo", "Melnyk", "ru", "customer"),
            (MARIA, "Maria", "Bondar", "en", "manager"),
            (TARAS, "Taras", "Rudenko", "uk", "owner"),
        )
        for person, first, last, language, role in cast:
            await town.sim(
                "people",
                id=person,
                first_name=first,
                last_name=last,
                language_code=language,
                phone=f"+38050000{person}",
                role=role,
            )
        await town.sim("chats", id=TEAM, title="Team", is_forum=True, members=[MARIA, TARAS])
        await bot.call("setMyCommands", commands=[{"command": "new", "description": "Leave a request"}])
        commands = [{"command": "new", "description": "Нова заявка"}]
        await bot.call("setMyCommands", commands=commands, language_code="uk")
        yield town
        for context in browser.contexts:
            await context.close()
        assert town.complaints == []


def column(page: Page, person: int, chat: int | None = None) -> Locator:
    return page.locator(f'.column[data-person="{person}"][data-chat="{chat or person}"]')


async def started(town: Town, *people: int) -> None:
    for person in people:
        await town.does(person, "start")
        await town.bot.takes("message")


async def test_start_greets_and_words_go_both_ways(town: Town) -> None:
    """A newcomer presses Start, the bot hears /start and its answer is seen; then a message is written and sent by Enter."""
    page = await town.opens()
    olga = column(page, OLGA)
    await olga.get_by_role("button", name="Start", exact=True).press("Enter")
    assert (await town.bot.takes("message"))["text"] == "/start"
    await expect(olga.get_by_label("Message", exact=True)).to_be_focused()
    await town.bot.says(OLGA, "Hello, <b>Olga</b> &lt;3")
    await expect(olga.locator(".bubble b")).to_have_text("Olga")
    await expect(olga.locator(".in .words").last).to_contain_text("Hello, Olga <3")
    await olga.get_by_label("Message", exact=True).fill("I would like a haircut")
    await page.keyboard.press("Enter")
    assert (await town.bot.takes("message"))["text"] == "I would like a haircut"
    await expect(olga.locator(".message.out .words").last).to_contain_text("I would like a haircut")
    await expect(olga.get_by_label("Message", exact=True)).to_have_value("")


async def test_a_name_that_looks_like_markup_stays_a_name(town: Town) -> None:
    """What a person wrote is never turned into elements of the page, wherever it is shown."""
    page = await town.opens()
    hostile = "<img src=x onerror=alert(1)>"
    await town.sim("people", id=PAVLO, first_name=hostile)
    await town.does(PAVLO, "says", text=hostile)
    pavlo = column(page, PAVLO)
    await expect(pavlo.locator(".words")).to_contain_text(hostile)
    await expect(pavlo.get_by_role("heading")).to_contain_text(hostile)
    assert await page.locator("img[src='x']").count() == 0


async def test_a_pressed_button_spins_until_it_is_answered(town: Town) -> None:
    """The spinner turns until answerCallbackQuery; a toast is a note, an alert waits for OK; an edit changes the message in place."""
    await started(town, OLGA)
    sent = await town.bot.says(OLGA, "Which day?", [key("Today"), key("Tomorrow")])
    page = await town.opens()
    olga = column(page, OLGA)
    await olga.get_by_role("button", name="Tomorrow").click()
    query = await town.bot.takes("callback_query")
    assert query["data"] == "Tomorrow"
    await expect(olga.locator(".inline-key.waiting")).to_have_text("Tomorrow")
    await town.bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Noted")
    await expect(olga.get_by_role("status")).to_have_text("Noted")
    await expect(olga.locator(".inline-key.waiting")).to_have_count(0)
    await town.bot.call("editMessageText", chat_id=OLGA, message_id=sent["message_id"], text="Tomorrow it is")
    await expect(olga.locator(".message.in")).to_have_count(1)
    await expect(olga.locator(".message.in")).to_contain_text("Tomorrow it is")
    await expect(olga.locator(".message.in .meta")).to_contain_text("edited")
    await expect(olga.locator(".inline-key")).to_have_count(0)

    await town.bot.says(OLGA, "Sure?", [key("Yes")])
    await olga.get_by_role("button", name="Yes").click()
    query = await town.bot.takes("callback_query")
    await town.bot.call("answerCallbackQuery", callback_query_id=query["id"], text="All booked", show_alert=True)
    await expect(olga.get_by_role("alertdialog")).to_contain_text("All booked")
    await page.keyboard.press("Enter")
    await expect(olga.get_by_role("alertdialog")).to_have_count(0)


async def test_the_bots_keyboard_taps_hides_and_shares_a_contact(town: Town) -> None:
    """Keys write their words; the contact key asks first, sends one's own phone, and a one-time keyboard then goes away."""
    await started(town, OLGA)
    page = await town.opens()
    olga = column(page, OLGA)
    keyboard = {
        "keyboard": [[{"text": "My phone", "request_contact": True}], [{"text": "Later"}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
        "input_field_placeholder": "Your number",
    }
    await town.bot.call("sendMessage", chat_id=OLGA, text="Phone?", reply_markup=keyboard)
    await expect(olga.get_by_placeholder("Your number")).to_be_visible()
    await olga.get_by_role("button", name="My phone").click()
    dialog = page.get_by_role("dialog", name="Share your phone number?")
    await expect(dialog).to_contain_text("+380500001001")
    await dialog.get_by_role("button", name="Cancel").click()
    await olga.get_by_role("button", name="My phone").click()
    await dialog.get_by_role("button", name="Share").click()
    contact = (await town.bot.takes("message"))["contact"]
    assert contact["user_id"] == OLGA
    assert contact["phone_number"].endswith("380500001001")
    await expect(olga.locator(".reply-keyboard")).to_have_count(0)
    await olga.get_by_role("button", name="Show the bot's keyboard").click()
    await olga.get_by_role("button", name="Later").click()
    assert (await town.bot.takes("message"))["text"] == "Later"
    await town.bot.call("sendMessage", chat_id=OLGA, text="Fine", reply_markup={"remove_keyboard": True})
    await expect(olga.get_by_role("button", name="Show the bot's keyboard")).to_be_hidden()


async def test_a_location_is_asked_for_and_a_forced_reply_is_one(town: Town) -> None:
    """The location key asks before it sends; ForceReply makes the next words a reply to its message."""
    await started(town, OLGA)
    page = await town.opens()
    olga = column(page, OLGA)
    keyboard = {"keyboard": [[{"text": "Where I am", "request_location": True}]]}
    await town.bot.call("sendMessage", chat_id=OLGA, text="Where?", reply_markup=keyboard)
    await olga.get_by_role("button", name="Where I am").click()
    await page.get_by_role("dialog", name="Send your location?").get_by_role("button", name="Share").click()
    assert "latitude" in (await town.bot.takes("message"))["location"]
    forced = await town.bot.call("sendMessage", chat_id=OLGA, text="Which flat?", reply_markup={"force_reply": True})
    await expect(olga.locator(".about-bar")).to_contain_text("Which flat?")
    await olga.locator(".input").fill("12")
    await page.keyboard.press("Enter")
    assert (await town.bot.takes("message"))["reply_to_message"]["message_id"] == forced["message_id"]
    await expect(olga.locator(".about-bar")).to_be_hidden()


async def test_an_empty_chat_says_what_the_bot_can_do(town: Town) -> None:
    """Before Start the bot's description is shown, in the language of the person's Telegram."""
    await town.bot.call("setMyDescription", description="I book visits")
    await town.bot.call("setMyDescription", description="Записую на візит", language_code="uk")
    page = await town.opens()
    await expect(column(page, OLGA).locator(".empty-card")).to_contain_text("Записую на візит")
    await expect(column(page, MARIA).locator(".empty-card")).to_contain_text("I book visits")


async def test_typing_is_seen_until_the_message_comes(town: Town) -> None:
    """sendChatAction shows in the head of the column and gives way to the message."""
    await started(town, OLGA)
    page = await town.opens()
    status = column(page, OLGA).locator(".status")
    await town.bot.call("sendChatAction", chat_id=OLGA, action="typing")
    await expect(status).to_contain_text("typing")
    await town.bot.says(OLGA, "Here it is")
    await expect(status).not_to_contain_text("typing")


async def test_a_dropped_photo_is_previewed_and_sent(town: Town) -> None:
    """A file dropped on the chat goes with its caption as a photo, and is shown to whoever reads the chat."""
    await started(town, OLGA)
    page = await town.opens()
    olga = column(page, OLGA)
    dropped = await page.evaluate_handle(
        """async () => {
            const canvas = Object.assign(document.createElement("canvas"), {width: 40, height: 30});
            canvas.getContext("2d").fillRect(0, 0, 40, 30);
            const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
            const data = new DataTransfer();
            data.items.add(new File([blob], "haircut.png", {type: "image/png"}));
            return data;
        }"""
    )
    await olga.dispatch_event("drop", {"dataTransfer": dropped})
    dialog = page.get_by_role("dialog", name="Photo")
    await dialog.get_by_label("Caption").fill("Like this, please")
    await dialog.get_by_role("button", name="Send").click()
    message = await town.bot.takes("message")
    assert message["caption"] == "Like this, please"
    assert message["photo"]
    await expect(olga.locator(".picture img")).to_be_visible()
    assert await olga.locator(".picture img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    # 40 by 30, whatever size the message gives: nothing is cut off.
    shape = "node => Math.round(100 * node.clientWidth / node.clientHeight)"
    assert await olga.locator(".picture").evaluate(shape) == pytest.approx(133, abs=2)


UNEXPECTED = {
    "Voice message": "voice",
    "Video message": "video_note",
    "Sticker": "sticker",
    "Dice": "dice",
    "Poll": "poll",
    "Somebody else's contact": "contact",
}


async def test_the_plus_menu_sends_the_unexpected(town: Town) -> None:
    """Each kind a bot does not wait for can be tried from the "+" menu, and is shown."""
    await started(town, OLGA)
    page = await town.opens()
    olga = column(page, OLGA)
    for choice, kind in UNEXPECTED.items():
        await olga.get_by_role("button", name="Send something else").click()
        await page.get_by_role("menuitem", name=choice).click()
        assert kind in await town.bot.takes("message")
        await expect(olga.locator(f".bubble.kind-{kind}")).to_be_visible()


async def test_commands_are_those_of_the_persons_language(town: Town) -> None:
    """ "/" lists what setMyCommands gives this person; Enter sends the chosen one; the language can be switched."""
    await started(town, OLGA)
    page = await town.opens()
    olga = column(page, OLGA)
    writing = olga.get_by_label("Message", exact=True)
    await writing.fill("/")
    await expect(olga.get_by_role("option")).to_contain_text("Нова заявка")
    await writing.fill("")
    await olga.get_by_role("button", name="Options of the chat").click()
    await page.get_by_label("Telegram's language of Olga").select_option("en")
    await page.keyboard.press("Escape")
    await expect(olga.locator(".status")).to_contain_text("EN")
    await olga.get_by_role("button", name="Commands of the bot").click()
    await expect(olga.get_by_role("option")).to_contain_text("Leave a request")
    await page.keyboard.press("Enter")
    assert (await town.bot.takes("message"))["text"] == "/new"


async def test_inline_search_shows_results_and_inserts_the_chosen_one(town: Town) -> None:
    """ "@bot words" asks the bot; the results stand over the input; choosing one sends its text."""
    await started(town, MARIA)
    page = await town.opens()
    maria = column(page, MARIA)
    name = (await town.bot.call("getMe"))["username"]
    await maria.get_by_label("Message", exact=True).fill(f"@{name} olg")
    query = await town.bot.takes("inline_query")
    assert query["query"] == "olg"
    result = {
        "type": "article",
        "id": "7",
        "title": "Olga Koval",
        "description": "vip",
        "input_message_content": {"message_text": "Card 7"},
    }
    await town.bot.call("answerInlineQuery", inline_query_id=query["id"], results=[result], is_personal=True)
    await maria.get_by_role("option", name="Olga Koval").click()
    await expect(maria.locator(".message.out .words").last).to_contain_text("Card 7")


async def test_edited_deleted_quoted_and_reacted(town: Town) -> None:
    """A quote names its author, a reaction stands under its message, a deleted message is gone, one's own can be edited."""
    await started(town, OLGA)
    page = await town.opens()
    olga = column(page, OLGA)
    said = await town.does(OLGA, "says", text="At five")
    await town.bot.takes("message")
    quoting = {"message_id": said["message_id"]}
    answer = await town.bot.says(OLGA, "Is it fine?", reply_parameters=quoting)
    await expect(olga.locator(".quote")).to_contain_text("Olga Koval")
    await olga.get_by_text("Is it fine?").click(button="right")
    await page.get_by_role("menuitem", name="React 👍").click()
    await expect(olga.locator(".reaction")).to_have_text("👍 1")
    await olga.get_by_label("Message", exact=True).press("ArrowUp")
    await olga.get_by_label("Message", exact=True).fill("At six")
    await page.keyboard.press("Enter")
    edited = await town.bot.takes("edited_message")
    assert edited["text"] == "At six"
    await expect(olga.locator(".message.out .words").last).to_contain_text("At six")
    await town.bot.call("deleteMessage", chat_id=OLGA, message_id=answer["message_id"])
    await expect(olga.get_by_text("Is it fine?")).to_have_count(0)


async def test_protected_messages_offer_neither_copy_nor_forward(town: Town) -> None:
    """protect_content takes both away from the menu and the text cannot be selected."""
    await started(town, MARIA)
    await town.bot.says(MARIA, "Olga, +380…", protect_content=True)
    page = await town.opens()
    maria = column(page, MARIA)
    await maria.get_by_text("Olga, +380").click(button="right")
    await expect(page.get_by_role("menuitem", name="Reply")).to_be_visible()
    await expect(page.get_by_role("menuitem", name="Forward")).to_have_count(0)
    await expect(page.get_by_role("menuitem", name="Copy the text")).to_have_count(0)
    assert await maria.locator(".bubble").last.evaluate("node => getComputedStyle(node).userSelect") == "none"


async def test_a_deep_link_starts_with_its_payload(town: Town) -> None:
    """A t.me/<bot>?start= link in a message acts for the person who pressed it."""
    await started(town, OLGA)
    name = (await town.bot.call("getMe"))["username"]
    await town.bot.says(OLGA, f'<a href="https://t.me/{name}?start=spring_sale">Our sale</a>')
    page = await town.opens()
    await column(page, OLGA).get_by_text("Our sale").click()
    assert (await town.bot.takes("message"))["text"] == "/start spring_sale"


async def test_the_bot_can_be_blocked_and_unblocked(town: Town) -> None:
    """Blocking is told to the bot and takes the input away until the bot is unblocked."""
    await started(town, OLGA)
    page = await town.opens()
    olga = column(page, OLGA)
    await olga.get_by_role("button", name="Options of the chat").click()
    await page.get_by_role("menuitem", name="Block the bot").click()
    assert (await town.bot.takes("my_chat_member"))["new_chat_member"]["status"] == "kicked"
    await olga.get_by_role("button", name="Unblock the bot").click()
    assert (await town.bot.takes("my_chat_member"))["new_chat_member"]["status"] == "member"
    await expect(olga.get_by_label("Message", exact=True)).to_be_visible()


async def test_the_group_shows_topics_and_is_seen_with_anothers_eyes(town: Town) -> None:
    """Messages carry their topic's tag, a topic's tab shows it alone and writes into it; the viewer can be another member."""
    topic = await town.bot.call("createForumTopic", chat_id=TEAM, name="Requests")
    thread = topic["message_thread_id"]
    await town.bot.says(TEAM, "Request 7", message_thread_id=thread)
    await town.bot.says(TEAM, "Good morning")
    page = await town.opens()
    team = column(page, MARIA, TEAM)
    await expect(team.locator(".message", has_text="Request 7").locator(".topic-tag")).to_have_text("Requests")
    await team.get_by_role("tab", name="Requests").click()
    await expect(team.get_by_text("Good morning")).to_have_count(0)
    await team.get_by_label("Message", exact=True).fill("Mine")
    await page.keyboard.press("Enter")
    while (message := await town.bot.takes("message")).get("text") != "Mine":
        continue
    assert message["message_thread_id"] == thread
    await team.get_by_label("Seen by").select_option(label="Taras")
    taras = column(page, TARAS, TEAM)
    await expect(taras.locator(".message.in", has_text="Mine").locator(".author")).to_have_text("Maria Bondar")


async def test_the_clock_moves_forward_by_its_buttons(town: Town) -> None:
    """+1 day moves the simulator's clock by a day, the header says how far ahead it is, and today becomes yesterday."""
    await started(town, OLGA)
    page = await town.opens()
    await expect(column(page, OLGA).locator(".day")).to_have_text("Today")
    await page.get_by_role("button", name="+1 day").click()
    await expect(page.locator(".clock-ahead")).to_have_text("ahead by 1 d")
    await expect(column(page, OLGA).locator(".day")).to_have_text("Yesterday")
    await page.get_by_role("button", name="To a date…").click()
    await page.get_by_label("Date and time").fill("2099-01-01T10:00")
    await page.get_by_role("button", name="Move the clock").click()
    await expect(page.locator(".clock-face")).to_contain_text("10:00")


async def test_a_lost_connection_is_said_and_restored(town: Town) -> None:
    """While the simulator cannot be reached a banner says so and what is written stays; afterwards the page has caught up."""
    await started(town, OLGA)
    page = await town.opens()
    cut = False
    lines: list[WebSocketRoute] = []

    async def pass_on(line: WebSocketRoute) -> None:
        if cut:
            await line.close()
            return
        line.connect_to_server()
        lines.append(line)

    await page.route_web_socket(re.compile("/sim/ws"), pass_on)
    await page.reload()
    olga = column(page, OLGA)
    writing = olga.get_by_label("Message", exact=True)
    await writing.fill("Are you there?")
    cut = True
    await lines[0].close()
    await expect(page.locator("#banner")).to_contain_text("is lost")
    await writing.press("Enter")
    await expect(olga.get_by_role("status")).to_contain_text("did not answer")
    await expect(writing).to_have_value("Are you there?")
    await town.bot.says(OLGA, "Said meanwhile")
    cut = False
    await expect(olga.get_by_text("Said meanwhile")).to_be_visible()
    await expect(page.locator("#banner")).to_be_hidden()
    await expect(writing).to_have_value("Are you there?")


async def test_a_phone_shows_one_chat_and_counts_what_came_elsewhere(town: Town, tmp_path: Path) -> None:
    """At 390 px one column fills the width, nothing scrolls sideways, and another person's chip counts new messages."""
    await started(town, OLGA, MARIA)
    page = await town.opens(size=PHONE)
    await expect(page.locator(".column")).to_have_count(1)
    box = await page.locator(".column").bounding_box()
    assert box is not None
    assert box["width"] == 390
    assert await page.evaluate("document.scrollingElement.scrollWidth") <= 390
    await town.bot.says(MARIA, "A new request")
    chip = page.get_by_role("navigation").get_by_role("button", name="Maria")
    await expect(chip).to_contain_text("1")
    await chip.click()
    await expect(column(page, MARIA).get_by_text("A new request")).to_be_visible()
    await expect(chip.locator(".count")).to_have_count(0)
    await page.screenshot(path=tmp_path / "phone.png")


CONTRAST = """
(selector) => {
    const luminance = (colour) => {
        const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255);
        const linear = parts.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    };
    const node = document.querySelector(selector);
    let ground = node;
    while (getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") ground = ground.parentElement;
    const [one, other] = [getComputedStyle(node).color, getComputedStyle(ground).backgroundColor].map(luminance);
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_words_are_legible_in_the_light_and_in_the_dark(town: Town, tmp_path: Path, scheme: str) -> None:
    """Text stands out from its ground by the 4.5 to 1 that accessibility asks for, in both colour schemes."""
    await started(town, OLGA)
    await town.bot.says(OLGA, 'Hello <a href="https://example.com">there</a>')
    page = await town.opens(scheme=scheme)
    dark = await page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0] < 60")
    assert dark == (scheme == "dark")
    for selector in (
        ".in .words",
        ".in .words a",
        ".out .words",
        ".out .tg-command",
        ".in .meta",
        ".out .meta",
        ".who h2",
        ".status",
        ".guide-step p",
    ):
        assert await page.evaluate(f"({CONTRAST})({json.dumps(selector)})") >= 4.5, selector
    await page.screenshot(path=tmp_path / f"{scheme}.png")


async def test_the_page_is_worked_with_the_keyboard_alone(town: Town) -> None:
    """Arrows walk through the messages, Enter opens a message's menu, Escape gives the focus back."""
    await started(town, OLGA)
    await town.bot.says(OLGA, "First")
    await town.bot.says(OLGA, "Second")
    page = await town.opens()
    olga = column(page, OLGA)
    await olga.get_by_role("log").focus()
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("ArrowUp")
    await expect(olga.locator(".message:focus")).to_contain_text("First")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Reply")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("menu")).to_have_count(0)
    nameless = "button => button.checkVisibility() && !button.ariaLabel && !button.textContent.trim()"
    assert await page.evaluate(f"[...document.querySelectorAll('button')].filter({nameless}).length") == 0


async def test_the_guide_speaks_the_browsers_language_and_can_be_put_away(town: Town) -> None:
    """It opens in the browser's language, switches with the page's, and stays away once dismissed."""
    page = await town.opens(language="uk-UA")
    guide = page.get_by_role("complementary")
    await expect(guide).to_contain_text("Залиште заявку")
    await page.locator("#language").select_option("ru")
    await expect(guide).to_contain_text("Оставьте заявку")
    await guide.get_by_role("button", name="Показать").nth(1).click()
    await expect(column(page, MARIA, TEAM)).to_have_class(re.compile("called"))
    await guide.get_by_role("button", name="Скрыть подсказки").click()
    await page.reload()
    await expect(page.locator(".column").first).to_be_visible()
    await expect(guide).to_be_hidden()


@pytest.mark.parametrize("language", ["ru-RU", "uk-UA", "en-US"])
async def test_the_guide_leaves_a_phone_to_the_chat(town: Town, language: str) -> None:
    page = await town.opens(size=PHONE, language=language)
    box = await page.get_by_role("complementary").bounding_box()
    assert box is not None
    assert box["height"] < 0.22 * PHONE["height"]
    await expect(page.locator(".step-show").first).to_be_in_viewport()


async def test_a_word_on_a_button_is_broken_only_where_the_row_has_no_room_for_it(town: Town) -> None:
    await started(town, OLGA)
    await town.bot.says(OLGA, "The card", [key("🧾 Покупки"), key("⭐ Опитування"), key("🕒 Усе")])
    page = await town.opens(size={"width": 1600, "height": 900}, language="uk-UA")
    broken = """() => [...document.querySelectorAll(".inline-key .label")].filter((label) => {
        const text = label.firstChild, range = document.createRange();
        return [...text.data.matchAll(/\\S+/gu)].some((word) => {
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            return range.getClientRects().length > 1;
        });
    }).map((label) => label.textContent)"""
    assert await page.evaluate(broken) == []


async def test_every_language_has_the_same_words_and_none_is_idle(town: Town) -> None:
    """The guide and the page have equal keys in ru, uk and en; every word asked for exists and every word is asked for."""
    page = await town.opens()
    tables: dict[str, dict[str, list[str]]] = await page.evaluate(
        """async () => {
            const { GUIDE } = await import("./js/guide-texts.js");
            const { WORDS } = await import("./js/words.js");
            const keys = (table) => Object.fromEntries(Object.entries(table).map(([tag, words]) => [tag, Object.keys(words).sort()]));
            return { guide: keys(GUIDE), words: keys(WORDS) };
        }"""
    )
    for table in tables.values():
        assert set(table) == {"ru", "uk", "en"}
        assert table["ru"] == table["uk"] == table["en"]
    scripts = "\n".join(path.read_text() for path in (PAGE / "js").glob("*.js") if path.name != "words.js")
    asked = set(re.findall(r"""\bt\("(\w+)\"""", scripts))
    assert asked <= set(tables["words"]["en"])
    named = (
        set(re.findall(r'"(\w+)"', scripts))
        | set(re.findall(r"\b(\w+):", scripts))
        | {"role_customer", "role_manager", "role_owner"}
    )
    assert set(tables["words"]["en"]) - named == set()
