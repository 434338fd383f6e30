"""Screens of segments, of the builder and of bulk changes: hostile names are literal text, buttons are not too long, and
everything about customers is protected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from crm.segment_kinds import Field, Kind
from locales import LANGUAGES, words_in
from tests.clocks import NOON
from tests.views.telegram import read
from views import builder_screens, bulk_screens, segment_screens
from views.bulk_screens import Deed, Past, Stands
from views.lists import Hit
from views.messages import Screen
from views.segment_screens import Detail, Laid, Listed, Shade
from views.staff_names import Reader, Who

HOSTILE = (
    "<b>O'Neil</b> & co",
    "</code><script>",
    "{ $name } %s {0}",
    "я" * 400,
    "\u202eabc",
    "'; DROP TABLE contacts; --",
)


def screens(reader: Reader, text: str) -> Iterator[Screen]:
    """Every screen with this text wherever a text of somebody's may stand."""
    who = Who(7, text, text, (text,))
    listed = [Listed(1, text, True, 5), Listed(2, text, False, None)]
    yield segment_screens.everything(reader, listed, offset=0, size=12, total=2)
    detail = Detail(1, text, text, 5, [1, 4, 2], [Hit(who, "1234")])
    yield segment_screens.detail(reader, detail)
    yield segment_screens.detail(reader, replace(detail, query=None))
    yield segment_screens.choose_other(reader, text, 1, listed)
    yield segment_screens.overlap(reader, Laid(text, text, 3, 0, 0), back_to=1)
    yield segment_screens.offer_save(reader, text, text, 3)
    yield segment_screens.offer_rename(reader, text, text)
    yield segment_screens.switches(reader, who, [(1, text, True)])
    yield segment_screens.filters(reader, text, [text])
    yield segment_screens.shades(reader, text, "tag", [Shade(text, 2, True)], 2)
    for do in ("tag", "untag", "owner", "status", "field", "list", "unlist", "delete"):
        deed = Deed(do, text, text)
        yield bulk_screens.confirm(reader, deed, 42, passed_over=2)
        for state in ("running", "undoing", "undone", "done"):
            yield bulk_screens.standing(reader, Stands(1, deed, state, 42, 20, 10))
        yield bulk_screens.past(reader, [Past(Stands(1, deed, "done", 42, 42, 10), text, NOON, True)])
    yield bulk_screens.menu(reader, 42, about=text, may_delete=True)
    yield bulk_screens.choose(reader, "tag", [("bulkto:tag:1", text)], typed="bulkask:tag")
    yield bulk_screens.type_in(reader.words, "field", field=text)
    own = Field("drink", Kind.CHOICE, titles={"en": text, "ru": text, "uk": text})
    yield builder_screens.so_far(reader, [("and", text), ("or", text)], text, count=3, wrote=True)
    yield builder_screens.fields(reader, [own], offset=0, about=text)
    yield builder_screens.asks(reader, own, ["is", "not"])
    yield builder_screens.values(reader, own, "is", [text])
    yield builder_screens.type_in(reader.words, own, "is")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_words_and_everything_fits(language: str, text: str) -> None:
    reader = Reader(words_in(language), ZoneInfo("Europe/Kyiv"), NOON)
    for screen in screens(reader, text):
        read(screen)
        assert "<script>" not in screen.text


def test_growth_is_drawn_from_the_lowest_to_the_highest() -> None:
    assert segment_screens.sparkline([0, 7]) == "▁█"
    assert segment_screens.sparkline([5, 5, 5]) == "▄▄▄"
    assert segment_screens.sparkline([]) == ""
    long = segment_screens.sparkline(list(range(100)))
    assert len(long) == segment_screens.BARS_SHOWN
    assert (long[0], long[-1]) == ("▁", "█")
