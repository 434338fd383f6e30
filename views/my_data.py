"""The screens of /privacy: the text, one's own data as a file to be read, and being erased."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from crm import placeholders
from crm.playbook import Playbook
from locales import Words, cities
from views import cards, money, preferences, receipts, survey_asking
from views.card_values import own_value
from views.messages import Attachment, Button, Screen
from views.staff_names import Reader, source

Rows = Sequence[Mapping[str, Any]]

_MARKUP: Final = re.compile(r"<[^>]+>")


def privacy(words: Words, playbook: Playbook, consent: str) -> Screen:
    """What is kept and why, in the owner's words or the product's, and what a person can do about it."""
    business = playbook.business.name.say(words.language)
    own = playbook.texts.privacy
    if own is not None:
        text = placeholders.fill(own.say(words.language), {"business": business})
    else:
        text = words("privacy-text", business=business, consent=consent)
    rows = [
        *(
            [(Button(words.plain("consent-read"), url=playbook.business.privacy_url),)]
            if playbook.business.privacy_url
            else []
        ),
        (Button(words.plain("privacy-my-data"), "pv:data"),),
        (Button(words.plain("privacy-erase"), "pv:erase"),),
    ]
    return Screen(text, buttons=tuple(rows))


def file(words: Words, attachment: Attachment) -> Screen:
    return Screen(words("my-data-caption") if attachment.name != "my-data.json" else "", attachment=attachment)


def nothing(words: Words) -> Screen:
    return Screen(words("my-data-nothing"))


def erase(words: Words) -> Screen:
    """The second step: what goes, what stays."""
    yes = Button(words.plain("erase-yes"), "pv:erase2")
    return Screen(words("erase-sure"), buttons=((yes,), (Button(words.plain("erase-no"), "pv"),)))


def erased(words: Words) -> Screen:
    return Screen(words("erased"), keys=())


def erased_card(words: Words, request_id: int) -> Screen:
    """What becomes of a team's card when the customer was erased."""
    return Screen(words("erased-card", number=str(request_id)), protect=True)


def readable(words: Words, playbook: Playbook, found: Mapping[str, Rows], *, zone: ZoneInfo, now: datetime) -> str:
    """Everything of the export that a person would call theirs, as plain text. Fields and topics are called as the
    playbook calls them; those it no longer has, by their ids."""

    def at(moment: datetime | None) -> str:
        return words.moment(moment, zone, now=now) if moment is not None else ""

    reader = Reader(words, zone, now)
    parts: list[str] = [words.plain("my-data-title", at=at(now))]
    for card in found["contacts"]:
        lines = [
            _line(words.plain("my-data-name"), card["name"]),
            _line("Telegram", card["username"] and f"@{card['username']}"),
            _line("Telegram ID", card["telegram_id"]),
            _line(words.plain("my-data-language"), preferences.NAMES.get(card["language"], card["language"])),
            _line(words.plain("my-data-zone"), card["timezone"] and cities.city_of(card["timezone"], words.language)),
            _line(words.plain("my-data-source"), card["source_first"] and source(words, card["source_first"])),
            _line(words.plain("my-data-since"), at(card["created_at"])),
            _line(words.plain("my-data-status"), cards.status(words, card["status"])),
            _line(words.plain("my-data-balance"), card["points"] or None),
            *(_field(reader, playbook, str(name), value) for name, value in card["fields"].items()),
        ]
        parts.append(_section(words.plain("my-data-card"), lines))
        parts.append(_section(words.plain("my-data-consents"), _consents(words, card)))
    wished = [line for row in found["preferences"] for line in _wishes(words, playbook, row, at)]
    parts.append(_section(words.plain("my-data-wishes"), wished))
    points = [_line("", point["value"]) for point in found["contact_points"]]
    parts.append(_section(words.plain("my-data-points"), points))
    family = [
        ", ".join(filter(None, (row["name"], words.birthday(row["birthday"]) if row["birthday"] else "")))
        for row in found["relatives"]
    ]
    parts.append(_section(words.plain("my-data-family"), family))
    parts.append(_section(words.plain("my-data-requests"), [_request(words, row, at) for row in found["requests"]]))
    bought = [
        _dated(
            at(row["at"]), f"{money.money(row['amount'], row['currency'], words.language)} {row['what'] or ''}".strip()
        )
        for row in found["purchases"]
    ]
    parts.append(_section(words.plain("my-data-purchases"), bought))
    parts.append(_section(words.plain("my-data-notes"), [_dated(at(row["at"]), row["text"]) for row in found["notes"]]))
    answers = [
        _dated(at(row["scored_at"] or row["asked_at"]), _rated(words, playbook, row)) for row in found["survey_answers"]
    ]
    parts.append(_section(words.plain("my-data-surveys"), answers))
    files = [_dated(at(row["at"]), row["name"] or row["kind"]) for row in found["files"]]
    parts.append(_section(words.plain("my-data-files"), files))
    said = [_dated(at(row["at"]), _happened(words, row)) for row in found["events"]]
    parts.append(_section(words.plain("my-data-timeline"), said))
    told = [_dated(at(row["sent_at"]), _plain(row["payload"])) for row in found["outbox"] if row["sent_at"]]
    parts.append(_section(words.plain("my-data-told"), told))
    return "\n\n".join(part for part in parts if part) + "\n"


def _field(reader: Reader, playbook: Playbook, name: str, value: Any) -> str:
    """A field of the profile or of the owner's, with what it holds."""
    of = playbook.field(name)
    if of is None or value in (None, "", []):
        return _line(name, value)
    return _line(of.title.say(reader.words.language), own_value(reader.words, of, value, reader=reader))


def _happened(words: Words, row: Mapping[str, Any]) -> str:
    """What was written, agreed to, and done to the tags and the points; purchases and requests have sections of their own."""
    kind, text = str(row["kind"]), str(row["text"] or "")
    if kind in ("purchase", "request"):
        return ""
    if kind == "consent":
        said = row["data"] or {}
        return _consent(words, str(said.get("purpose", "")), granted=bool(said.get("granted")))
    if kind in ("tag", "untag"):
        return f"{words.plain(f'line-{kind}')} {text}"  # keys: line-tag line-untag
    if kind in ("refund", "points"):
        return f"{html.unescape(receipts.told(words, kind, row['data'] or {}))} {text}".strip()
    return text


def _consents(words: Words, card: Mapping[str, Any]) -> list[str]:
    """The last word on each purpose that was asked about."""
    said = {purpose: card[f"consent_{purpose}"] for purpose in ("processing", "marketing", "survey")}
    return [_consent(words, purpose, granted=word) for purpose, word in said.items() if word is not None]


def _consent(words: Words, purpose: str, *, granted: bool) -> str:
    # keys: line-purpose-processing line-purpose-marketing line-purpose-survey
    named = words.plain(f"line-purpose-{purpose}") if words.has(f"line-purpose-{purpose}") else purpose
    return words.plain("line-consent-yes" if granted else "line-consent-no", purpose=named)


def _wishes(words: Words, playbook: Playbook, row: Mapping[str, Any], at: Any) -> list[str]:
    """What was asked for in /settings and under messages."""
    lines = []
    if row["quiet_from"] is not None and row["quiet_until"] is not None:
        hours = "–".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (row["quiet_from"], row["quiet_until"]))
        lines.append(words.plain("settings-quiet", hours=hours, own="no"))
    if row["fewer"]:
        lines.append(words.plain("settings-often", what="all", how=words.plain("settings-often-is-fewer")))
    if row["paused_until"] is not None:
        how = words.plain("settings-often-is-paused", day=at(row["paused_until"]))
        lines.append(words.plain("settings-often", what="all", how=how))
    if row["topics_off"]:
        known = {topic.id: topic.title.say(words.language) for topic in playbook.topics}
        titles = [known.get(one, one) for one in row["topics_off"]]
        lines.append(words.plain("my-data-topics", topics=words.listed(titles)))
    return lines


def _request(words: Words, row: Mapping[str, Any], at: Any) -> str:
    answers = "; ".join(f"{answer['label']}: {answer['shown']}" for answer in row["answers"])
    return _dated(at(row["created_at"]), f"№ {row['id']} {row['title']}. {answers}")


def _section(title: str, lines: Sequence[str]) -> str:
    said = [line for line in lines if line]
    return "\n".join([title.upper(), *said]) if said else ""


def _line(label: str, value: object) -> str:
    if value is None or value == "":
        return ""
    return f"{label}: {value}" if label else str(value)


def _rated(words: Words, playbook: Playbook, row: Mapping[str, Any]) -> str:
    """Of which survey, and the score and the words, or the answers to own questions, which hold both."""
    told = "; ".join(f"{one['label']}: {one['shown']}" for one in row["answers"] or ())
    told = told or f"{row['score'] if row['score'] is not None else ''} {row['comment'] or ''}".strip()
    survey = playbook.survey(str(row["survey_id"]))
    return f"{survey_asking.name(words, survey)}: {told}" if told and survey is not None else told


def _dated(at: str, text: object) -> str:
    return f"{at}  {text}" if text else ""


def _plain(payload: Mapping[str, Any]) -> str:
    """A message's words without their markup."""
    return html.unescape(_MARKUP.sub("", str(payload.get("text", ""))))
