"""Files up and down."""

from simulator.client import Desk, Person
from simulator.files import MAX_DOWNLOAD, MAX_UPLOAD
from tests.simulator.conftest import Bot


async def test_what_a_person_sends_can_be_downloaded(bot: Bot, desk: Desk, olga: Person) -> None:
    await olga.sends("document", content="aGVsbG8=", name="price.csv", mime="text/csv", caption="here")
    message = (await bot.updates())[0]["message"]
    document = message["document"]
    assert (document["file_name"], document["mime_type"], message["caption"]) == ("price.csv", "text/csv", "here")
    file = await bot.does("getFile", file_id=document["file_id"])
    async with bot.session.get(f"{bot.simulator.url}/file/bot{bot.simulator.token}/{file['file_path']}") as response:
        assert await response.read() == b"hello"


async def test_a_file_above_20_mb_cannot_be_downloaded(bot: Bot, olga: Person) -> None:
    await olga.sends("document", size=MAX_DOWNLOAD + 1, name="film.mp4")
    file_id = (await bot.updates())[0]["message"]["document"]["file_id"]
    assert await bot.refused("getFile", file_id=file_id) == "Bad Request: file is too big"
    assert await bot.refused("getFile", file_id="nothing") == "Bad Request: invalid file_id"


async def test_a_file_above_50_mb_cannot_be_sent(bot: Bot, olga: Person) -> None:
    answer = await bot.call("sendDocument", chat_id=olga.id, document=bytes(MAX_UPLOAD + 1))
    assert (answer["error_code"], answer["description"]) == (413, "Request Entity Too Large")


async def test_a_file_is_sent_again_by_its_id_and_must_be_known(bot: Bot, olga: Person) -> None:
    sent = await bot.does("sendDocument", chat_id=olga.id, document=b"bytes", caption="<b>x</b>", parse_mode="HTML")
    again = await bot.does("sendDocument", chat_id=olga.id, document=sent["document"]["file_id"])
    assert again["document"]["file_id"] == sent["document"]["file_id"]
    words = await bot.refused("sendDocument", chat_id=olga.id, document="unknown")
    assert words == "Bad Request: wrong file identifier/HTTP URL specified"
    assert await bot.refused("sendPhoto", chat_id=olga.id) == "Bad Request: there is no photo in the request"


async def test_an_album_has_2_to_10_items_joined_by_one_id(bot: Bot, olga: Person) -> None:
    media = [{"type": "photo", "media": "attach://one", "caption": "first"}, {"type": "photo", "media": "attach://two"}]
    sent = await bot.does("sendMediaGroup", chat_id=olga.id, media=media, one=b"1", two=b"2")
    assert len({message["media_group_id"] for message in sent}) == 1
    words = await bot.refused("sendMediaGroup", chat_id=olga.id, media=media[:1], one=b"1")
    assert words == "Bad Request: message album must include 2-10 items"
    made = await olga.sends("album", items=[{"kind": "photo"}] * 10)
    updates = [u["message"] for u in await bot.updates()]
    assert len({message["media_group_id"] for message in updates}) == 1
    assert len(made["message_ids"]) == len(updates) == 10


async def test_an_album_mixes_photos_and_videos_only(bot: Bot, olga: Person) -> None:
    def media(*kinds: str) -> list[dict[str, str]]:
        return [{"type": kind, "media": f"https://example.com/{kind}"} for kind in kinds]

    for kinds in (("photo", "video"), ("document", "document"), ("audio", "audio")):
        assert len(await bot.does("sendMediaGroup", chat_id=olga.id, media=media(*kinds))) == 2
    for kinds in (("photo", "document"), ("audio", "document"), ("video", "audio")):
        words = await bot.refused("sendMediaGroup", chat_id=olga.id, media=media(*kinds))
        assert words == "Bad Request: document and audio can't be mixed with other media types"


async def test_an_album_gets_no_buttons(bot: Bot, olga: Person) -> None:
    media = [{"type": "photo", "media": "https://example.com/a.png"}] * 2
    markup = {"inline_keyboard": [[{"text": "Look", "callback_data": "look"}]]}
    sent = await bot.does("sendMediaGroup", chat_id=olga.id, media=media, reply_markup=markup)
    assert all("reply_markup" not in one for one in sent)
    assert all(not shown.buttons for shown in await olga.messages())


async def test_every_kind_of_attachment_arrives_as_its_own(bot: Bot, olga: Person) -> None:
    kinds = ("photo", "video", "audio", "voice", "video_note", "animation", "sticker", "dice", "poll", "location")
    for kind in kinds:
        await olga.sends(kind)
    for kind, update in zip(kinds, await bot.updates(), strict=True):
        assert kind in update["message"]


async def test_a_strangers_page_is_never_shown_as_one(bot: Bot, desk: Desk, olga: Person) -> None:
    await olga.sends("document", content="PHNjcmlwdD4=", name="x.html", mime="text/html")
    file_id = (await bot.updates())[0]["message"]["document"]["file_id"]
    async with bot.session.get(f"{bot.simulator.url}/sim/files/{file_id}") as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
