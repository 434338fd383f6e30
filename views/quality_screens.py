"""The quality of the base as the team reads it: one figure, each fault with its share, how it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crm import quality
from views.messages import Button, Screen
from views.segment_screens import sparkline
from views.staff_names import Reader


def overview(reader: Reader, *, cards: int, faults: Mapping[str, int], score: int, before: Sequence[int]) -> Screen:
    """`before` are the scores of the last days, the oldest first, and that of now."""
    words = reader.words
    if not cards:
        return Screen(words("quality-empty"))
    lines = [words("quality-title", score=score, cards=cards)]
    if len(before) > 1:
        lines.append(words("quality-change", line=sparkline(before), first=before[0], last=before[-1]))
    found = [line for line in quality.LINES if faults.get(line.id)]
    if not found:
        lines.append(words("quality-perfect"))
        return Screen("\n\n".join(lines))
    lines.append(
        "\n".join(
            words(
                "quality-line",
                what=words.plain(f"quality-{line.id}"),
                count=faults[line.id],
                share=max(1, round(100 * faults[line.id] / cards)),
            )
            for line in found
        )
    )
    # keys: quality-no_name quality-no_way quality-duplicates quality-unreachable quality-impossible quality-no_phone
    # keys: quality-no_consent quality-nobodys quality-stale quality-no_source quality-no_city quality-no_birthday
    # keys: quality-no_email
    lines.append(words("quality-press"))
    return Screen("\n\n".join(lines), tuple(_row(reader, line) for line in found), protect=True)


def _row(reader: Reader, line: quality.Line) -> tuple[Button, ...]:
    """The people of a fault, and where they can mend it themselves, the question to them."""
    data = f"qline:{line.id}" if line.query is not None else "dup:queue:0"
    people = Button(reader.words.plain(f"quality-{line.id}"), data)
    if line.asks is None or not reader.changes:
        return (people,)
    return people, Button(reader.words.plain("questions-ask"), f"qask:{line.id}")
