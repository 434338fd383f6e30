"""A customer's whole way, over HTTP: the door, a form, the team's card, and every way aside."""

from __future__ import annotations

import json
from pathlib import Path

from sqlalchemy import func, select

from simulator.client import Person, Shown
from storage import consents, contacts, files, personal, requests
from storage.tables import work
from tests.end_to_end.conftest import World, Worlds
from tests.patience import eventually


async def begin(person: Person) -> Shown:
    """The salon's booking, at its first question."""
    await person.starts()
    await person.sees("Записатися")
    await person.presses("Записатися")
    return await person.sees("Що робитимемо?")


async def fill_to_contact(person: Person, *, agree: str = "Погоджуюся, продовжити") -> None:
    """The salon's booking in Ukrainian, as far as the question of the name (or past it, where consent was refused)."""
    await begin(person)
    await person.presses("Стрижка")
    await person.sees("майстра")
    await person.presses("Пропустити ›")
    await person.sees("Коли вам зручно?")
    await person.says("завтра о 15")
    await person.sees("15:00", agree)
    await person.presses(agree)


async def fill_to_summary(person: Person) -> None:
    await fill_to_contact(person)
    await person.sees("Olga", "Так, усе правильно")
    await person.presses("Так, усе правильно")
    await person.sees("телефон")
    assert "📱 Надіслати мій номер" in await person.keyboard()
    await person.shares_contact()
    await person.sees("Що ще нам врахувати?")
    await person.presses("Пропустити ›")
    await person.sees("✅ Надіслати", "Стрижка", "+380 50 111 2233")


async def test_a_request_is_left_and_reaches_the_team(world: World) -> None:
    """From /start to the thanks: one request with its answers at the managers' desks, however often it is confirmed."""
    await world.bob.starts()
    await world.olga.starts("ads_spring")
    await world.olga.sees("Вітаємо")
    await fill_to_summary(world.olga)
    assert await world.olga.keyboard() == []
    summary = await world.olga.last()
    await world.olga.presses("✅ Надіслати", on=summary)
    await world.olga.sees("№ 1")
    assert await world.olga.toast("✅ Надіслати", on=summary) == "Уже надіслано: заявка в нас."
    card = await world.bob.sees("Olga", "Haircut", "+380 50 111 2233")
    assert card.protected
    await world.bob.sees_nothing("Olga", within=0.3)
    async with world.bot.database.read() as db:
        contact = await contacts.by_telegram_id(db, world.olga.id)
        assert contact is not None
        assert (contact.name, contact.username, contact.source_first) == ("Olga", "olga", "ads_spring")
        assert (contact.requests, contact.open_requests) == (1, 1)
        (point,) = await contacts.points(db, contact.id)
        assert (point.value, point.verified) == ("+380501112233", True)
        (request,) = await requests.of_contact(db, contact.id)
        assert [answer["field"] for answer in request.answers] == ["service", "visit_at", "name", "phone"]


async def test_who_refuses_consent_is_served_without_a_name(world: World) -> None:
    """Personal questions are left out, nothing personal is stored, the team gets the request of a guest."""
    await world.bob.starts()
    await fill_to_contact(world.olga, agree="Продовжити без цього")
    await world.olga.sees("Що ще нам врахувати?")
    await world.olga.presses("Пропустити ›")
    await world.olga.sees("не питали")
    await world.olga.presses("✅ Надіслати")
    await world.olga.sees("№ 1")
    await world.bob.sees("Guest", "Haircut")
    async with world.bot.database.read() as db:
        contact = await contacts.by_telegram_id(db, world.olga.id)
        assert contact is not None
        assert (contact.name, contact.username) == (None, None)
        assert await contacts.points(db, contact.id) == []


async def test_a_strangers_contact_is_not_taken(world: World) -> None:
    """Somebody else's card is no phone of the sender's, verified or not: it is asked again."""
    await fill_to_contact(world.olga)
    await world.olga.sees("Так, усе правильно")
    await world.olga.says("Ольга")
    await world.olga.sees("телефон")
    await world.olga.shares_contact(phone="+380670000000", first_name="Somebody")
    await world.olga.sees("чужий контакт")
    await world.olga.says("050 111 22 33")
    await world.olga.sees("Що ще нам врахувати?")
    assert await world.olga.keyboard() == []


async def test_a_cancelled_form_is_offered_at_the_next_start(world: World) -> None:
    """/cancel loses nothing: the draft goes on at the question where it was left."""
    await begin(world.olga)
    await world.olga.presses("Стрижка")
    await world.olga.sees("майстра")
    await world.olga.says("/cancel")
    await world.olga.sees("зберегли")
    await world.olga.starts()
    await world.olga.sees("Ви не закінчили", "2 з")
    await world.olga.presses("Продовжити")
    await world.olga.sees("майстра")
    await world.olga.presses("Олена")
    await world.olga.sees("Олена", "Коли вам зручно?")


async def test_a_command_in_mid_form_keeps_the_question(world: World) -> None:
    """/help is answered, says where the form stands, and the next word is the answer to the open question."""
    await begin(world.olga)
    await world.olga.says("/help")
    await world.olga.sees("зупинилися", "Продовжити")
    await world.olga.says("стрижка")
    await world.olga.sees("майстра")


async def test_an_old_button_changes_nothing(world: World) -> None:
    """A button of a question that was answered is told so, and the open question stays."""
    first = await begin(world.olga)
    await world.olga.presses("Стрижка", on=first)
    await world.olga.sees("майстра")
    assert await world.olga.toast("Манікюр", on=first) == "Це запитання вже позаду."
    await world.olga.presses("Олена")
    await world.olga.sees("Коли вам зручно?")


PHOTOS = """
[business]
name = "Студия"
languages = ["ru"]
consent_version = "1"
[[form]]
id = "photos"
title = "Показать фото"
  [[form.step]]
  field = "photos"
  type = "file"
  ask = "Пришлите фото"
  [[form.step]]
  field = "comment"
  type = "text"
  ask = "Что на них?"
"""


async def test_an_album_of_ten_is_one_request_with_ten_files(worlds: Worlds, tmp_path: Path) -> None:
    """The messages of an album come one by one: one message counts them, one request has them all, copies are fetched.
    Sent where words are asked for, it is one re-ask."""
    (tmp_path / "photos.toml").write_text(PHOTOS, encoding="utf-8")
    async with worlds(str(tmp_path / "photos")) as world:
        olga = world.taras
        await olga.starts("form_photos")
        await olga.sees("Даю согласие, продолжить")
        await olga.presses("Даю согласие, продолжить")
        await olga.sees("Пришлите фото")
        await olga.sends("album", items=[{"kind": "photo"}] * 10)
        await olga.sees("10 файлов")
        assert len([one for one in await olga.messages() if one.out and "Получили" in one.text]) == 1
        await olga.presses("Готово")
        await olga.sees("Что на них?")
        await olga.sends("album", items=[{"kind": "photo"}] * 4)
        await olga.sees("Фото сейчас не нужно.", "Что на них?")
        await olga.says("Мои окна")
        await olga.sees("10 файлов", "Мои окна")
        assert len([one for one in await olga.messages() if "Фото сейчас не нужно." in one.text]) == 1
        await olga.presses("✅ Отправить")
        await olga.sees("№ 1")
        await work_done(world)
        async with world.bot.database.read() as db:
            kept = await files.of_contact(db, 1, request_id=1)
        assert len(kept) == 10
        copies = [world.bot.settings.data_dir / (one.path or "missing") for one in kept]
        assert all(copy.stat().st_size == one.size for copy, one in zip(copies, kept, strict=True))


async def test_words_thrown_in_at_once_are_taken_in_their_order(worlds: Worlds, tmp_path: Path) -> None:
    """Twenty messages without a pause: one a question, one request; what comes after it reaches the team as words."""
    (tmp_path / "fast.toml").write_text(FAST, encoding="utf-8")
    async with worlds(str(tmp_path / "fast")) as world:
        await world.bob.starts()
        await world.taras.starts("form_fast")
        for text in ["один", "два", "три", "да", *(f"ещё {number}" for number in range(16))]:
            await world.taras.says(text)
        await world.taras.sees("№ 1")
        await world.bob.sees("ещё 15")
        async with world.bot.database.read() as db:
            contact = await contacts.by_telegram_id(db, world.taras.id)
            assert contact is not None
            (request,) = await requests.of_contact(db, contact.id)
        assert [answer["value"] for answer in request.answers] == ["один", "два", "три"]


FAST = """
[business]
name = "Студия"
languages = ["ru"]
[[form]]
id = "fast"
title = "Быстро"
step = [
  { field = "a", type = "text", ask = "А?" },
  { field = "b", type = "text", ask = "Б?" },
  { field = "c", type = "text", ask = "В?" },
]
"""


async def test_words_outside_a_form_reach_the_team(world: World) -> None:
    """Before consent they are copied and not kept; the person is told once, not after each of ten; a change is told."""
    await world.bob.starts()
    await world.olga.starts()
    await world.olga.sees("Вітаємо")
    said = await world.olga.says("Чи є у вас місце на суботу?")
    await world.olga.sees("Передали")
    await world.bob.sees("суботу")
    await world.olga.says("І скільки коштує?")
    await world.bob.sees("скільки")
    await world.olga.sees_nothing("Передали", within=0.3)
    await world.olga.edits(said["message_id"], "Чи є у вас місце на неділю?")
    await world.bob.sees("неділю")
    async with world.bot.database.read() as db:
        contact = await contacts.by_telegram_id(db, world.olga.id)
        assert contact is not None
        kept = (await personal.everything(db, contact.id, world.olga.id))["events"]
    assert [(one["kind"], one["text"]) for one in kept] == [("message", None)] * 3


async def test_a_request_is_added_to_and_withdrawn(world: World) -> None:
    """/requests shows the owner's word for the stage; a word more and a withdrawal both reach the team."""
    await world.bob.starts()
    await fill_to_summary(world.olga)
    await world.olga.presses("✅ Надіслати")
    await world.olga.sees("№ 1")
    await world.olga.says("/requests")
    await world.olga.sees("Чекає на підтвердження")
    await world.olga.presses("№ 1 Записатися")
    await world.olga.sees("Залишено", "Стрижка")
    await world.olga.presses("➕ Додати до заявки")
    await world.olga.sees("що додати")
    await world.olga.says("Прийду з донькою")
    await world.olga.sees("Додали")
    await world.bob.sees("Прийду з донькою")
    await world.olga.presses("Це все")
    await world.olga.sees("доповнено")
    await world.olga.presses("Заявка № 1")
    await world.olga.presses("✖ Відкликати")
    await world.olga.sees("Так, відкликати")
    await world.olga.presses("Так, відкликати")
    await world.olga.sees("відкликано")
    await world.bob.sees("took request no. 1 back")


async def test_settings_change_the_language_and_the_zone(world: World) -> None:
    """A pressed language answers in itself; a typed city becomes the person's time zone."""
    await world.taras.starts()
    await world.taras.sees("")
    await world.taras.says("/settings")
    await world.taras.sees("Язык: Русский")
    await world.taras.presses("Українська")
    await world.taras.sees("Мова: Українська")
    await world.taras.presses("🕒 Змінити часовий пояс")
    await world.taras.sees("Де ви живете?")
    await world.taras.says("Варшава")
    await world.taras.sees("Запам’ятали: Варшава")
    async with world.bot.database.read() as db:
        contact = await contacts.by_telegram_id(db, world.taras.id)
    assert contact is not None
    assert (contact.language, contact.timezone) == ("uk", "Europe/Warsaw")


async def test_marketing_is_off_until_it_is_turned_on(world: World) -> None:
    """A toggle is a consent with its text; pressed again it is taken back."""
    await world.olga.starts()
    await world.olga.sees("")
    await world.olga.says("/settings")
    await world.olga.sees("Новини та акції")
    await world.olga.presses("Новини та акції")
    await world.olga.sees("✅ Новини та акції")
    await world.olga.presses("✅ Новини та акції")
    await world.olga.until(lambda one: "Новини та акції" in one.buttons, "off again")
    async with world.bot.database.read() as db:
        contact = await contacts.by_telegram_id(db, world.olga.id)
        assert contact is not None
        history = await consents.history(db, contact.id)
    assert [(one["purpose"], one["granted"]) for one in history] == [("marketing", True), ("marketing", False)]
    assert "новини" in history[0]["text"]


async def test_my_data_and_being_forgotten(world: World) -> None:
    """The export holds what was said; after the second press nothing of the person is in the files of the base."""
    await world.bob.starts()
    await fill_to_summary(world.olga)
    await world.olga.presses("✅ Надіслати")
    await world.olga.sees("№ 1")
    await world.olga.says("Зателефонуйте після шостої")
    await world.bob.sees("після шостої")
    await world.olga.says("/privacy")
    await world.olga.sees("Видалити все про мене")
    await world.olga.presses("📄 Мої дані файлом")
    await world.olga.until(lambda one: one.view.get("document", {}).get("file_name") == "my-data.json", "the file")
    assert held_on_disk(world, ["Olga", "olga", "380501112233"]) == ["Olga", "olga", "380501112233"]
    await world.olga.presses("🗑 Видалити все про мене")
    await world.olga.sees("Видалити все?")
    await world.olga.presses("Так, видалити все")
    await world.olga.sees("усе видалено")
    await world.bob.sees("1", "deleted their data")
    await work_done(world)
    words = ["Olga", "olga", "380501112233", "501112233"]
    words += ["Зателефонуйте", json.dumps("Зателефонуйте")[1:-1], "зателефонуйте"]
    assert held_on_disk(world, words) == []
    await world.olga.says("Я передумала")
    await world.olga.sees("Передали")


async def work_done(world: World) -> None:
    """Waits until the long work is done: the worker is woken by its tick, or here."""

    async def comes() -> bool:
        world.bot.worker.wake()
        async with world.bot.database.read() as db:
            return not await db.scalar(select(func.count()).where(work.c.state.in_(["pending", "running"])))

    await eventually(comes, "the long work is done")


def held_on_disk(world: World, words: list[str]) -> list[str]:
    """Which of the words a byte search finds in the base's files."""
    path = Path(str(world.bot.database.url.database))
    held = b"".join(one.read_bytes() for one in path.parent.glob(path.name + "*"))
    return [word for word in words if word.encode() in held]


async def test_blocking_and_coming_back_are_kept(world: World) -> None:
    """Who blocks the bot is not written to; whoever comes back is reachable again."""
    await world.olga.starts()
    await world.olga.sees("Вітаємо")
    await world.olga.blocks()
    await world.desk.settled()

    async def reachable() -> bool:
        async with world.bot.database.read() as db:
            contact = await contacts.by_telegram_id(db, world.olga.id)
        assert contact is not None
        return contact.reachable

    await world.bot.lanes.calm()
    assert not await reachable()
    await world.olga.starts()
    await world.olga.sees("Вітаємо")
    assert await reachable()
