"""Joining two cards of one person: which card stays, what differs, and what each column of the one card becomes.

A card's own row is given as a mapping of its columns (storage/tables/core.py, `contacts`). What is chosen field by field
is a mapping of a field's key to the number of the card whose value is taken; the playbook's own fields have the keys
`f:<id>`. What nobody chose goes by `default`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

Row = Mapping[str, Any]
Choices = Mapping[str, int]

CHOSEN: Final[Mapping[str, str]] = {
    "name": "name",
    "telegram": "telegram_id",
    "language": "language",
    "timezone": "timezone",
    "owner": "owner_id",
    "status": "status",
    "level": "level",
}
"""What a person chooses between where it differs: the key, and the column that shows it."""
OWN: Final = "f:"
"""Before the id of one of the playbook's own fields."""

_GO_ALONG: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("name", "name_key"),
    "telegram": ("telegram_id", "username", "reachable"),
    "language": ("language", "language_chosen"),
    "timezone": ("timezone",),
    "owner": ("owner_id",),
    "status": ("status", "status_pinned", "status_at"),
    "level": ("level",),
}
_SUMS: Final = ("requests", "open_requests", "purchases", "spent", "points")
_LATEST: Final = ("last_in_at", "last_request_at", "last_survey_at", "last_purchase_at")
_EARLIEST: Final = ("created_at", "first_purchase_at")
_OF_LATEST_SURVEY: Final = ("nps", "rating")
_LAST_WORDS: Final = ("consent_processing", "consent_marketing", "consent_survey")
_OF_STANDING: Final = ("id", "spam_at", "rfm", "abc", "version")
COLUMNS: Final = frozenset(
    (
        *(column for along in _GO_ALONG.values() for column in along),
        *(*_SUMS, *_LATEST, *_EARLIEST, *_OF_LATEST_SURVEY, *_LAST_WORDS, *_OF_STANDING),
        *("source_first", "source_last", "consent_version", "consent_refused", "fields", "updated_at"),
    )
)
"""Every column there is a rule for: a test compares them with the table."""


def standing(one: Row, other: Row) -> tuple[Row, Row]:
    """Which card stays and which goes into it, when nobody says: the one that can be written to stays, then the one
    that bought more, that asked more, that agreed to be kept, that is older."""

    def worth(row: Row) -> tuple[Any, ...]:
        return (
            row["telegram_id"] is not None and bool(row["reachable"]),
            row["purchases"],
            row["requests"],
            row["consent_version"] is not None,
            -row["id"],
        )

    return (one, other) if worth(one) >= worth(other) else (other, one)


def differing(winner: Row, loser: Row) -> list[str]:
    """The keys of what both cards know and know differently, in the order in which it is asked. A status that the
    rules of the life cycle give is no matter of choice."""
    by_hand = winner["status_pinned"] or loser["status_pinned"]
    found = [
        key
        for key, column in CHOSEN.items()
        if _is_set(winner[column]) and _is_set(loser[column]) and winner[column] != loser[column]
        if key != "status" or by_hand
    ]
    mine, theirs = winner["fields"], loser["fields"]
    both = [name for name in mine if _is_set(mine[name]) and _is_set(theirs.get(name)) and mine[name] != theirs[name]]
    return found + [f"{OWN}{name}" for name in both]


def default(key: str, winner: Row, loser: Row) -> int:
    """Whose value of a field is taken when nobody chose: the one there is; of two the more telling one, else that of
    the card that stays."""
    if key.startswith(OWN):
        name = key.removeprefix(OWN)
        return int(winner["id"] if _is_set(winner["fields"].get(name)) else loser["id"])
    mine, theirs = winner[CHOSEN[key]], loser[CHOSEN[key]]
    if not _is_set(theirs) or not _is_set(mine):
        return int(winner["id"] if _is_set(mine) or not _is_set(theirs) else loser["id"])
    return int(loser["id"] if _TELLS_MORE.get(key, _never)(loser, winner) else winner["id"])


def _never(row: Row, other: Row) -> bool:
    return False


def _fuller_name(row: Row, other: Row) -> bool:
    """«Анна Коваль» says all that «Анна» does, and more."""
    mine, theirs = set((row["name_key"] or "").split()), set((other["name_key"] or "").split())
    return mine > theirs


def _better_account(row: Row, other: Row) -> bool:
    """An account that takes messages before one that does not, then the one written from last."""
    mine, theirs = bool(row["reachable"]), bool(other["reachable"])
    if mine != theirs:
        return mine
    return _later(row, other)


def _later(row: Row, other: Row) -> bool:
    return row["last_in_at"] is not None and (other["last_in_at"] is None or row["last_in_at"] > other["last_in_at"])


_TELLS_MORE: Final[Mapping[str, Callable[[Row, Row], bool]]] = {
    "name": _fuller_name,
    "telegram": _better_account,
    "language": lambda row, other: bool(row["language_chosen"]) and not other["language_chosen"],
    "status": lambda row, other: bool(row["status_pinned"]) and not other["status_pinned"],
}


def joined(winner: Row, loser: Row, choices: Choices, *, consent_in_force: str) -> dict[str, Any]:
    """The columns of the one card, without `id` and `updated_at`.

    Roll-ups of what both did are added up; of consents the stricter holds: a refusal on either card is one. Whether
    the card is spam, and what the latest counts of RFM and ABC said, is what the card that stays says.
    """
    of = {winner["id"]: winner, loser["id"]: loser}
    values: dict[str, Any] = {}
    for key, along in _GO_ALONG.items():
        chosen = of[taken(key, winner, loser, choices)]
        values |= {column: chosen[column] for column in along}
    if values["telegram_id"] is None:
        # Nobody can be reached on Telegram: a username that was noted by hand is still worth keeping.
        values["username"] = winner["username"] or loser["username"]
    values |= {column: winner[column] + loser[column] for column in _SUMS}
    values |= {column: max(_both(winner, loser, column), default=None) for column in _LATEST}
    values |= {column: min(_both(winner, loser, column), default=None) for column in _EARLIEST}
    values |= {column: _of_latest_survey(winner, loser, column) for column in _OF_LATEST_SURVEY}
    older, newer = sorted((winner, loser), key=lambda row: (row["created_at"], row["id"]))
    values["source_first"] = older["source_first"] or newer["source_first"]
    last, before = (loser, winner) if _later(loser, winner) else (winner, loser)
    values["source_last"] = last["source_last"] or before["source_last"]
    values |= {column: min(_both(winner, loser, column), default=None) for column in _LAST_WORDS}  # a no before a yes
    values["consent_version"], values["consent_refused"] = _consent(winner, loser, consent_in_force)
    values |= {"spam_at": winner["spam_at"], "rfm": winner["rfm"] or loser["rfm"], "abc": winner["abc"] or loser["abc"]}
    values["fields"] = {
        name: _own(name, (of[taken(f"{OWN}{name}", winner, loser, choices)], winner, loser))
        for name in (*winner["fields"], *(one for one in loser["fields"] if one not in winner["fields"]))
    }
    values["version"] = winner["version"] + 1
    return values


def _own(name: str, cards: Sequence[Row]) -> Any:
    """A field's value on the first of the cards that has the field at all, were it an empty one."""
    return next(card["fields"][name] for card in cards if name in card["fields"])


def taken(key: str, winner: Row, loser: Row, choices: Choices) -> int:
    """The number of the card whose value of a field the one card gets. A choice counts only where there is one."""
    if key in choices and key in differing(winner, loser):
        return choices[key]
    return default(key, winner, loser)


def _consent(winner: Row, loser: Row, in_force: str) -> tuple[str | None, str | None]:
    """The version agreed to, and the one refused: a refusal on either card is the person's."""
    refused = [row["consent_refused"] for row in (winner, loser) if row["consent_refused"] is not None]
    if refused:
        return None, in_force if in_force in refused else refused[0]
    agreed = [row["consent_version"] for row in (winner, loser) if row["consent_version"] is not None]
    return (in_force if in_force in agreed else agreed[0] if agreed else None), None


def _of_latest_survey(winner: Row, loser: Row, column: str) -> Any:
    """The score of whoever was asked last; of one who was not asked there is none."""
    if winner[column] is None or loser[column] is None:
        return winner[column] if loser[column] is None else loser[column]
    mine, theirs = winner["last_survey_at"], loser["last_survey_at"]
    return loser[column] if theirs is not None and (mine is None or theirs > mine) else winner[column]


def _both(winner: Row, loser: Row, column: str) -> list[Any]:
    return [row[column] for row in (winner, loser) if row[column] is not None]


def _is_set(value: Any) -> bool:
    return value is not None and value not in ("", [], {})
