"""What people write about time is read as they mean it, or asked about."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from crm import dates
from crm.dates import Doubt, Incomplete, Reading, Result, Unread

PHRASES = Path(__file__).with_name("date_phrases.toml")


@dataclass(frozen=True)
class Phrase:
    text: str
    meaning: str
    language: str
    zone: ZoneInfo
    now: datetime


def phrases(path: Path = PHRASES) -> Iterator[Phrase]:
    for group in tomllib.loads(path.read_text(encoding="utf-8"))["set"]:
        zone = ZoneInfo(group["zone"])
        now = datetime.fromisoformat(group["now"]).replace(tzinfo=zone)
        for text, meaning in group["phrases"]:
            yield Phrase(text, meaning, group["language"], zone, now)


def shown(result: Result) -> str:
    """A result in the notation of the collection."""
    match result:
        case Reading():
            return _when(result)
        case Doubt():
            return "ask " + " | ".join(_when(choice) for choice in result.choices)
        case Incomplete():
            return " ".join(str(piece) for piece in (result.date, result.time, result.part) if piece is not None)
        case Unread():
            return result.reason


def _when(reading: Reading) -> str:
    clock = None if reading.time is None else reading.time.strftime("%H:%M")
    return " ".join(str(piece) for piece in (reading.date, clock) if piece is not None)


def verdict(phrase: Phrase) -> tuple[str, str]:
    """ "hit", "miss" (asked or refused where a meaning was plain) or "wrong" (another meaning), and what was read."""
    result = dates.read(phrase.text, now=phrase.now, zone=phrase.zone, language=phrase.language)
    read, expected = shown(result), phrase.meaning
    if expected == "ask":
        good = (
            isinstance(result, Doubt) or read == "range" or (isinstance(result, Incomplete) and result.part is not None)
        )
    elif expected.startswith("ask "):
        good = isinstance(result, Doubt) and set(read[4:].split(" | ")) == set(expected[4:].split(" | "))
    else:
        good = read == expected
    if good:
        return "hit", read
    return ("wrong" if isinstance(result, Reading | Incomplete) else "miss"), read


def test_nearly_every_collected_phrase_is_read_and_none_is_read_wrongly() -> None:
    verdicts = [(verdict(phrase), phrase) for phrase in phrases()]
    wrong = [(phrase.text, phrase.meaning, read) for (kind, read), phrase in verdicts if kind == "wrong"]
    missed = [(phrase.text, phrase.meaning, read) for (kind, read), phrase in verdicts if kind == "miss"]
    assert wrong == []
    assert len(missed) <= 0.05 * len(verdicts), missed
