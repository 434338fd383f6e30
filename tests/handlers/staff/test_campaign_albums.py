"""An album as a campaign's message: its files come one by one, and are one letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from storage.engine import Database
from tests.handlers.staff.rooms import Room, make_room
from tests.storage.makers import make_consent


@pytest.fixture
async def room(database: Database) -> Room:
    room = await make_room(database)
    await make_consent(database, room.olga, purpose="marketing")
    await room.alice.says("/broadcast *")
    return room


def photo(name: str) -> list[dict[str, Any]]:
    return [{"file_id": name, "file_unique_id": name, "width": 1, "height": 1}]


def document(name: str) -> dict[str, Any]:
    return {"file_id": name, "file_unique_id": name}


async def sends(
    room: Room, count: int, captions: Mapping[int, str] | None = None, *, album: str = "1", first: int = 0
) -> list[Any]:
    """Photos of one album, the files p0, p1, …; captions by the number of the file."""
    said = []
    for number in range(first, first + count):
        more = {"caption": captions[number]} if captions and number in captions else {}
        said.append(await room.alice.sends(photo=photo(f"p{number}"), media_group_id=album, **more))
    return said


async def variant(room: Room) -> Any:
    return (await room.row("campaigns")).content["variants"][0]


async def drafts(room: Room) -> list[Any]:
    return [row for row in await room.rows("outbox") if row.key.startswith("campaign-album:")]


@pytest.mark.parametrize("captioned", [0, 2, 9])
async def test_an_album_of_ten_is_one_letter_whichever_file_has_the_caption(room: Room, captioned: int) -> None:
    await sends(room, 10, {captioned: "Look, {name|friend}"})
    kept = await variant(room)
    assert kept["media"] == [["photo", f"p{number}"] for number in range(10)]
    assert kept["text"] == {"en": "Look, {name|friend}"}
    (draft,) = await drafts(room)
    assert "10 files" in draft.payload["text"]
    assert "album comes first" in draft.payload["text"]


async def test_captions_of_several_files_are_joined(room: Room) -> None:
    await sends(room, 3, {0: "One", 2: "Three"})
    assert (await variant(room))["text"] == {"en": "One\n\nThree"}


async def test_sent_again_the_album_takes_the_place_of_the_first(room: Room) -> None:
    await sends(room, 3, {0: "One"})
    await room.alice.presses("bcask:1:text:a")
    await sends(room, 2, album="2", first=5)
    assert await variant(room) == {"id": "a", "text": {"en": "One"}, "media": [["photo", "p5"], ["photo", "p6"]]}


async def test_what_does_not_fit_into_one_album_is_said_once_and_not_taken(room: Room) -> None:
    """Telegram cuts twelve files into an album of ten and one of two."""
    await sends(room, 10)
    said = await sends(room, 2, album="2", first=10)
    assert [len(one) for one in said] == [1, 0]
    assert "No more than 10 files" in said[0][0]["text"]
    assert len((await variant(room))["media"]) == 10


async def test_files_that_make_no_album_are_refused_and_the_question_stays(room: Room) -> None:
    await sends(room, 1)
    said = [await room.alice.sends(document=document(f"d{n}"), media_group_id="1") for n in range(2)]
    assert [len(one) for one in said] == [1, 0]
    assert "photos and videos go together" in said[0][0]["text"]
    await sends(room, 2, album="2")
    assert (await variant(room))["media"] == [["photo", "p0"], ["photo", "p1"]]


async def test_a_mistake_in_the_caption_refuses_the_whole_album_once(room: Room) -> None:
    said = await sends(room, 3, {0: "Hello, {nmae}!"})
    assert [len(one) for one in said] == [1, 0, 0]
    assert "{name}" in said[0][0]["text"]
    assert (await variant(room))["media"] == []
    await sends(room, 3, {0: "Hello, {name}!"}, album="2")
    assert len((await variant(room))["media"]) == 3


async def test_a_video_note_in_an_album_is_no_file_of_it(room: Room) -> None:
    note = {"file_id": "n", "file_unique_id": "n", "length": 1, "duration": 1}
    (said,) = await room.alice.sends(video_note=note, media_group_id="1")
    assert "cannot be sent to many" in said["text"]


async def test_after_an_album_nothing_is_asked_any_more(room: Room) -> None:
    """What is typed next is looked for, as always; a command is not told that a question is open."""
    await sends(room, 2)
    assert len(await room.alice.says("/find Olga")) == 1
    (found,) = await room.alice.says("Olga Koval")
    assert "Olga Koval" in found["text"]
    assert (await room.alice.conversation()).flow is None
    assert len((await variant(room))["media"]) == 2


async def test_an_album_is_no_answer_to_another_question(room: Room) -> None:
    await room.alice.says("Hello!")
    await room.alice.presses("bcask:1:aim")
    said = await sends(room, 3)
    assert [len(one) for one in said] == [1, 0, 0]
    assert "words are needed" in said[0][0]["text"]
    (draft,) = await room.alice.says("*")
    assert "Hello!" in draft["text"]


async def test_the_test_to_oneself_is_the_album_with_its_buttons(room: Room) -> None:
    await sends(room, 2, {0: "Hello, {name}!"})
    await room.alice.presses("bcbtn:1:call")
    (mine,) = await room.alice.presses("bctest:1")
    assert (len(mine["album"]), mine["text"], len(mine["buttons"])) == (2, "Hello, Alice!", 2)
