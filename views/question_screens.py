"""Questions about the card, on the screen: the count before they are put and what became of them, for the team; the
question itself and its end, for the person."""

from __future__ import annotations

from typing import Final

from crm.quality import Line
from locales import Words
from views.messages import Button, Screen
from views.staff_names import Reader

BAR: Final = 10


def offer(
    reader: Reader,
    line: Line,
    *,
    faulty: int,
    reachable: int,
    count: int,
    lately: tuple[int, int, int],
    business: str,
) -> Screen:
    """How many would be asked, and what they would read. `lately`: how many were asked, answered and said "not now" in
    the last month."""
    words = reader.words
    lines = [
        _title(words, line),
        words("questions-faulty", count=faulty),
        f"<blockquote>{_put(words, line, business)}</blockquote>",
    ]
    apart = []
    if reachable < faulty:
        apart.append(words("questions-unreachable", count=faulty - reachable))
    if count < reachable:
        apart.append(words("questions-lately", count=reachable - count))
    if apart:
        lines.append("\n".join(apart))
    asked, told, declined = lately
    if asked:
        lines.append(words("questions-month", asked=asked, answered=told, declined=declined))
    cancel = (Button(words.plain("button-cancel"), "qask:no"),)
    if not count:
        return Screen("\n\n".join([*lines, words("questions-nobody")]), protect=True)
    lines.append(words("questions-sure", count=count))
    return Screen(
        "\n\n".join(lines), ((Button(words.plain("questions-yes", count=count), "qaskgo"),), cancel), protect=True
    )


def planning(reader: Reader, line: Line, *, done: int, of: int) -> Screen:
    """How far the planning of a long round is."""
    words = reader.words
    filled = BAR * done // max(of, 1)
    bar = "▓" * filled + "░" * (BAR - filled)
    text = words("questions-planning", done=words.number(done), of=words.number(of))
    return Screen(f"{_title(words, line)}\n\n{bar} {text}", (_stop(words),), protect=True)


def stands(
    reader: Reader, line: Line, *, sent: int, waiting: int, answered: int, declined: int, lost: int, stopped: bool
) -> Screen:
    """What became of a round so far. Refreshed by its button, since answers come for days."""
    words = reader.words
    said = [words("questions-sent", sent=sent, of=sent + waiting)]
    said.append(words("questions-answered", count=answered))
    if declined:
        said.append(words("questions-declined", count=declined))
    if lost:
        said.append(words("questions-lost", count=lost))
    parts = [_title(words, line), "\n".join(said)]
    if stopped:
        parts.append(words("questions-stopped"))
    again = (Button(words.plain("questions-how"), "qaskhow"),)
    rows = (again, _stop(words)) if waiting and not stopped else (again,)
    return Screen("\n\n".join(parts), rows, protect=True)


# ------------------------------------------------------------------------------------------------------ to the person


def put(words: Words, line: Line, *, business: str) -> Screen:
    """The question as a message of its own, with a way on and a way out."""
    buttons = (
        Button(words.plain("questions-answer"), f"tell:{line.asks}"),
        Button(words.plain("questions-not-now"), f"nottell:{line.asks}"),
    )
    return Screen(_put(words, line, business), (buttons,))


def answered(words: Words, echo: str) -> Screen:
    """After the answer. `echo` (HTML) is what was understood."""
    return Screen("\n\n".join(part for part in (echo, words("questions-thanks")) if part), keys=())


def settled(words: Words, *, told: bool) -> Screen:
    """The question's own message when it is over: nothing to press."""
    # keys: questions-thanks questions-let-go
    return Screen(words("questions-thanks" if told else "questions-let-go"))


def let_go(words: Words) -> Screen:
    """After "not now"."""
    return Screen(words("questions-let-go"), keys=())


def put_off(words: Words) -> Screen:
    """The form was left without an answer: its button stands where it stood."""
    return Screen(words("questions-put-off"), keys=())


def _put(words: Words, line: Line, business: str) -> str:
    # keys: questions-put-no_name questions-put-no_phone questions-put-no_email questions-put-no_birthday
    # keys: questions-put-no_city questions-put-impossible questions-put-stale
    return words(f"questions-put-{line.id}", business=business)


def _title(words: Words, line: Line) -> str:
    return f"<b>{words('questions-title', what=words.plain(f'quality-{line.id}'))}</b>"


def _stop(words: Words) -> tuple[Button, ...]:
    return (Button(words.plain("questions-stop"), "qaskstop"),)
