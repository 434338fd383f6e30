"""Names, lines and filters of segments, as people write them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sqlalchemy import update

from crm import segments
from services import segmenting
from services.refusals import Refused
from storage import saved_segments
from storage.engine import Database, Tx
from storage.segment_sets import Facet
from storage.tables import segments as segments_table
from tests.clocks import NOON
from tests.places import make_place
from tests.storage.makers import make_contact


@pytest.mark.parametrize(
    ("line", "name", "query"),
    [
        ("vip tag:vip", "vip", "tag:vip"),
        ("«наші постійні» requests>=2 tag:a", "наші постійні", "requests>=2 tag:a"),
        ('"a b"  c', "a b", "c"),
        ("alone", "alone", ""),
        ("", "", ""),
    ],
)
def test_the_name_comes_first_and_the_rest_is_the_question(line: str, name: str, query: str) -> None:
    assert segmenting.name_and_query(line) == (name, query)


@given(st.text(max_size=40), st.sampled_from(["tag", "source", "status", "language"]))
def test_a_filter_that_is_put_in_is_read_and_taken_out_again(value: str, facet: Facet) -> None:
    if not segments.quote(value).strip('"').strip():
        return
    if facet in ("status", "language"):
        value = "vip" if facet == "status" else "uk"
    piece = segmenting.condition(facet, value)
    assume(piece != "tag:a")  # it would be taken out first
    line = segmenting.toggled("ivan tag:a", piece)
    assert segmenting.is_on(line, piece)
    assert segmenting.toggled(line, piece) == "ivan tag:a"
    assert piece in segmenting.active(line) or facet == "tag" or "\n" in piece


def test_a_filter_narrows_all_of_an_or() -> None:
    assert segmenting.toggled("tag:a or tag:b", "status:vip") == "(tag:a or tag:b) status:vip"


def test_a_line_that_grows_too_long_is_refused() -> None:
    with pytest.raises(Refused):
        segmenting.toggled("a" * 295, "status:vip")


async def test_a_segment_may_name_another_and_never_itself(database: Database) -> None:
    place = make_place()
    await make_contact(database, name="A", tags=["a", "b"])
    await make_contact(database, name="B", tags=["a"])

    async def unit(tx: Tx) -> tuple[int | None, int | None]:
        inner = await saved_segments.create(tx, "Всё А", "tag:a", staff_id=None, now=NOON)
        return inner, await saved_segments.create(tx, "outer", 'segment:"все а" tag:b', staff_id=None, now=NOON)

    inner, outer = await database.write(unit)
    assert inner is not None
    assert outer is not None
    async with database.read() as reads:
        one, other = await segmenting.two_named(reads, "ВСЁ А outer")
        laid = await segmenting.overlap(reads, place, one, other, now=NOON)
        assert (laid.in_one, laid.in_other, laid.in_both) == (2, 1, 1)
    circle = update(segments_table).where(segments_table.c.id == inner).values(query="segment:outer")
    await database.write(lambda tx: tx.run(circle))
    async with database.read() as reads:
        with pytest.raises(Refused, match="broken"):
            await segmenting.meant(reads, place, segmenting.Aim(segment=outer), now=NOON)
