"""Two cards made one: whose value of each field it gets."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from crm import card_joining
from crm.card_joining import OWN
from tests.storage.makers import NOW

NOTHING = object()


def card(number: int, **fields: Any) -> dict[str, Any]:
    """A card's row with these fields of its own."""
    row: dict[str, Any] = dict.fromkeys(card_joining.COLUMNS)
    row |= {"id": number, "fields": {name: value for name, value in fields.items() if value is not NOTHING}}
    row |= {"created_at": NOW, "version": 0, "status": "potential", "status_pinned": False, "language": "uk"}
    return row | dict.fromkeys(("requests", "open_requests", "purchases", "spent", "points"), 0)


@pytest.mark.parametrize(
    ("mine", "theirs", "chosen"), [*product((NOTHING, None, "", "a", "b"), (NOTHING, None, "", "a", "c"), (None, 1, 2))]
)
def test_a_field_is_lost_by_neither_card_and_a_choice_counts_where_there_is_one(
    mine: Any, theirs: Any, chosen: int | None
) -> None:
    choices = {} if chosen is None else {f"{OWN}city": chosen}
    values = card_joining.joined(card(1, city=mine), card(2, city=theirs), choices, consent_in_force="1")
    said = [one for one in (mine, theirs) if one is not NOTHING and one]
    if not said:
        assert not values["fields"].get("city")
    elif chosen is not None and len(said) == 2:
        assert values["fields"]["city"] == (mine, theirs)[chosen - 1]
    else:
        assert values["fields"]["city"] == said[0]
