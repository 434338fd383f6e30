"""The demo as a newcomer meets it: its own command in its own process, its page in a real browser.

One story is the short one of the page's guide, the other an owner's first evening: a file dropped into the chat. The
languages are those of the demo's people.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import sys
import sysconfig
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from bot import demo_people
from tests.end_to_end.conftest import PLAYBOOKS
from tests.patience import PATIENCE_SECONDS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

expect.set_options(timeout=1000 * PATIENCE_SECONDS)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]

START_SECONDS = 2 * PATIENCE_SECONDS
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")


@asynccontextmanager
async def demo(folder: Path) -> AsyncIterator[str]:
    """`python -m bot demo` in a folder of its own, on a free port; yields the address it prints."""
    source = PLAYBOOKS.parent
    environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    paths = os.pathsep.join((str(source), sysconfig.get_path("purelib")))
    environment |= {
        "PYTHONPATH": paths,
        "PYTHONUNBUFFERED": "1",
        "PYTHONFAULTHANDLER": "1",
        "PLAYBOOK": "salon",
        "DEFAULT_LANGUAGE": "uk",
    }
    command = (sys.executable, "-m", "bot", "demo", "--port", "0")
    log = folder / "demo.log"
    with log.open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            *command, cwd=folder, env=environment, stdout=PIPE, stderr=errors
        )
    assert process.stdout is not None
    said = ""
    try:
        async with asyncio.timeout(START_SECONDS):
            while not (found := ADDRESS.search(said)):
                line = await process.stdout.readline()
                assert line, f"the demo ended before it named its page:\n{said}"
                said += line.decode()
        yield found[0]
        assert process.returncode is None, "the demo died in the middle of the story"
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), PATIENCE_SECONDS) in (0, 130)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGABRT)  # it tells where each of its threads is
            await process.wait()
        sys.stderr.write(log.read_text(encoding="utf-8"))  # shown with a failure


@asynccontextmanager
async def browser(address: str) -> AsyncIterator[Page]:
    """The page in a wide window of a Ukrainian's browser. Fails on any complaint in its console."""
    complaints: list[str] = []
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = await chromium.new_context(
            viewport={"width": 1720, "height": 980},
            locale="uk-UA",
            timezone_id="Europe/Kyiv",
            reduced_motion="reduce",
        )
        page = await context.new_page()
        page.set_default_timeout(60_000)
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(address)
        yield page
        await chromium.close()
    assert complaints == []


class Column:
    """One person's chat on the page."""

    def __init__(self, page: Page, person: int, chat: int | None = None) -> None:
        self.node = page.locator(f'.column[data-person="{person}"][data-chat="{chat or person}"]')

    async def sees(self, *words: str) -> Locator:
        """Waits for a message of the bot's with all the words: the newest one."""
        message = self.node.locator(".message.in")
        for word in words:
            message = message.filter(has_text=word)
        await expect(message.last).to_be_visible()
        return message.last

    async def presses(self, label: str, *words: str) -> None:
        """A button under the newest message that has the words."""
        message = await self.sees(*words) if words else self.node
        await message.locator(".inline-key", has_text=label).last.click()

    async def says(self, text: str) -> None:
        field = self.node.locator(".input")
        await field.fill(text)
        await field.press("Enter")


async def book_a_visit(page: Page, olga: Column) -> None:
    """From Start to the thanks, with the phone shared by one tap."""
    await olga.node.get_by_role("button", name="Почати", exact=True).click()
    await olga.presses("Записатися", "Вітаємо")
    await olga.presses("Стрижка", "Що робитимемо?")
    await olga.presses("Марта", "До якого майстра?")
    await olga.sees("Коли вам зручно?")
    await olga.says("через тиждень о 15")
    await olga.presses("Погоджуюся", "нам потрібні")
    await olga.presses("Так, усе правильно", "Записуємо: Ольга")
    await olga.sees("Ваш телефон?")
    await olga.node.locator(".reply-keyboard").get_by_role("button", name="Надіслати мій номер").click()
    await page.get_by_role("dialog").get_by_role("button", name="Поділитися").click()
    await olga.presses("Пропустити", "врахувати?")
    await olga.presses("✅ Надіслати", "Усе правильно?", "Ольга Мельник")
    await olga.sees("Дякуємо")


async def move_the_clock_past(page: Page, hours: int) -> None:
    """By the button, hour by hour; and on until it is day for the customer, for at night nobody is asked for a rating."""
    clock = page.locator("#clock")
    passed = 0
    while passed < hours or not 10 <= await hour_of(clock) < 20:
        before = await clock.inner_text()
        await page.get_by_role("button", name="+1 год", exact=True).click()
        await expect(clock).not_to_have_text(before, use_inner_text=True)
        passed += 1


async def hour_of(clock: Locator) -> int:
    """The hour the page's clock shows."""
    found = re.search(r"(\d\d):\d\d", await clock.inner_text())
    assert found is not None
    return int(found[1])


async def close_and_rate(page: Page, olga: Column, team: Column) -> None:
    """Done; some hours later she is asked, and gives one star."""
    await team.presses("Готово", "Ольга Мельник", "Надійшла")
    await olga.sees("виконано")
    await move_the_clock_past(page, 3)
    await olga.presses("1 ⭐", "Як пройшов візит?")
    await olga.sees("★☆☆☆☆", "Що нам виправити?")


PEOPLE = 200
"""Rows of the file that is dropped."""

DROP = """
([name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name, {type: "text/csv"}));
    return data;
}
"""


def old_base() -> str:
    """A sheet as somebody kept it by hand, with one row that cannot be taken."""
    rows = [f"Клієнт {number};050{number:07};{number % 28 + 1:02}.05.1990" for number in range(PEOPLE)]
    return "\r\n".join(["Ім'я;Телефон;День народження", *rows, ";12;"])


async def test_an_owner_drops_the_old_base_into_the_chat(tmp_path: Path) -> None:
    """Columns, the question of consent, the dry run, the end in one and the same message, the rows to be mended as a file."""
    async with demo(tmp_path) as address, browser(address) as page:
        owner = Column(page, demo_people.OWNER.id)
        dropped = await page.evaluate_handle(DROP, ["old-base.csv", old_base()])
        await owner.node.dispatch_event("drop", {"dataTransfer": dropped})
        await page.get_by_role("dialog", name="Файл").get_by_role("button", name="Надіслати").click()
        await owner.presses("Дальше", "old-base.csv", "Имя целиком", "День рождения")
        await owner.presses("Не согласились", "о файле в целом")
        await owner.presses("Проверить файл", "Согласия на рассылки нет")
        ready = await owner.sees("Если начать", "200 новых", "1 строка пропущена", "«12»")
        shown = await owner.node.locator(".message.in").count()
        await ready.locator(".inline-key", has_text="Импортировать 200 строк").click()
        await owner.sees("✅ Готово", "200 новых")
        await owner.sees("old-base-исправить.csv", "1 строка с ошибкой")
        assert await owner.node.locator(".message.in").count() == shown + 1
        await owner.says("клиент 199")
        await owner.sees("1. Клієнт 199 · …0199")


async def test_a_newcomer_goes_through_the_story_on_the_page(tmp_path: Path) -> None:
    """A customer's request comes to the team, is taken and closed; the customer rates it badly; the manager hears."""
    async with demo(tmp_path) as address, browser(address) as page:
        people = demo_people
        olga, manager = Column(page, people.OLGA.id), Column(page, people.MANAGER.id)
        team = Column(page, people.MANAGER.id, people.TEAM_CHAT_ID)
        await expect(page.get_by_role("complementary")).to_contain_text("Залиште заявку")
        await book_a_visit(page, olga)
        await team.presses("Взяти", "Ольга Мельник", "Чекає, хто візьме")
        await olga.sees("у роботі")
        await team.presses("Картка", "Надійшла", "У роботі")
        await team.sees("👤 Ольга Мельник", "#visit")
        await close_and_rate(page, olga, team)
        await manager.sees("Низька оцінка", "Ольга Мельник")
