"""A question composed by buttons says in the language what its parts say one after another."""

from __future__ import annotations

import itertools

import pytest

from crm import segments
from crm.segment_tree import All, AnyOf, Matches
from services import composing, segmenting
from services.composing import Draft
from services.refusals import Refused
from storage.engine import Database
from tests.clocks import NOON
from tests.places import make_place


def draft(*parts: tuple[composing.Join, str]) -> Draft:
    made = Draft()
    for join, text in parts:
        made = made.asking(join).with_part(text, text)
    return made


def test_or_after_and_asks_for_either_and_after_or_for_both() -> None:
    made = draft(("and", "tag:a"), ("and", "tag:b"), ("or", "tag:c"), ("and", "tag:d"))
    assert made.query == "(tag:a tag:b or tag:c) tag:d"
    tree = segments.parse(made.query).node
    assert isinstance(tree, All)
    either, last = tree.parts
    assert isinstance(either, AnyOf)
    assert isinstance(last, Matches)


def test_a_draft_survives_being_remembered() -> None:
    made = draft(("and", "tag:a"), ("or", "tag:b")).asking("or")
    assert Draft.of_memo(made.memo) == made
    assert made.memo["find"] == "tag:a or tag:b"
    assert made.without_last().query == "tag:a"
    with pytest.raises(Refused):
        Draft.of_memo({"find": "tag:a"})


async def test_every_field_can_be_asked_everything_that_is_offered_of_it(database: Database) -> None:
    """Each field of a business with each thing to ask and the first value offered is read by the language."""
    place = make_place()
    known = segmenting.fields(place, "owner")
    tried = 0
    async with database.read() as reads:
        everybody = await segmenting.meant(reads, place, segmenting.Aim(find=""), now=NOON)
        for of in known:
            if of.kind is segments.Kind.SEGMENT:
                continue
            offered = await composing.values(reads, place, of, meant=everybody) or ['мар’яна "1"']
            if of.kind is segments.Kind.PHONE:
                offered = ["1234"]
            for ask, value in itertools.product(composing.ASKS[of.kind], offered):
                query = await segmenting.read(reads, place, composing.written(of, ask, value))
                assert query.mistake is None
                tried += 1
    assert tried > 150
