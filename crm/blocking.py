"""Which records are compared at all: those that share a key. A hundred thousand people make five billion pairs; those
who may be one person share a phone, or a surname and a birthday, or some other two things out of many.

A rule names the parts its key is made of; a record has a key for every choice of its parts' values and none when a part
is empty. A key that too many records share tells nobody apart and is passed over, so that the work grows with the base
and not with its square.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Final, NamedTuple

LARGEST_BLOCK: Final = 60

Parts = Mapping[str, Sequence[str]]
"""The values of each part of one record."""


_MANY: Final = 64
"""More than there are rules: a key keeps the number of its own."""


class Rule(NamedTuple):
    """The parts of which a key is made; one named twice gives two different values of it. A key that more than
    `largest` records share is passed over: few for what many have in common by chance."""

    parts: tuple[str, ...]
    largest: int = LARGEST_BLOCK


def keys(parts: Parts, rules: Sequence[Rule]) -> Iterator[tuple[int, str]]:
    """Every key of a record, with the number of its rule. The same key may come twice."""
    for number, (names, _) in enumerate(rules):
        values = parts.get(names[0])
        if not values:
            continue
        if len(names) == 1:
            for value in values:
                yield number, value
            continue
        others = parts.get(names[1])
        if not others:
            continue
        if names[0] == names[1]:
            for pair in combinations(sorted(set(values)), 2):
                yield number, "\t".join(pair)
        elif len(names) == 2 and len(values) == len(others) == 1:
            yield number, f"{values[0]}\t{others[0]}"
        else:
            for several in product(*(parts.get(name, ()) for name in names)):
                yield number, "\t".join(several)


def candidates(everybody: Iterable[Parts], rules: Sequence[Rule], *, split: int = 0) -> list[tuple[int, int]]:
    """Pairs of places worth comparing, the lower place first, each once, in order.

    `split`: the first so many records are one file and the others another; only pairs across are given.
    """
    # A key's hash stands for it: keys that meet by chance cost a comparison, and memory is halved. Nearly every key is
    # one record's only, so a block is made when a second one comes.
    alone: dict[int, int] = {}
    blocks: dict[int, list[int]] = {}
    size = 0
    for place, parts in enumerate(everybody):
        size += 1
        for number, value in keys(parts, rules):
            key = hash(value) * _MANY + number
            first = alone.setdefault(key, place)
            if first == place:
                continue
            block = blocks.get(key)
            if block is None:
                blocks[key] = [first, place]
            elif block[-1] != place:
                block.append(place)
    seen: set[int] = set()
    for key, places in blocks.items():
        if len(places) > rules[key % _MANY].largest:
            continue
        if split:
            before = [place for place in places if place < split]
            after = [place for place in places if place >= split]
            seen.update(one * size + other for one in before for other in after)
        else:
            seen.update(one * size + other for one, other in combinations(places, 2))
    return [divmod(number, size) for number in sorted(seen)]
