"""Lists that the team pages through: people found, the queue, tags, tasks, notes, files, a contact's requests, the
timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from locales import Words
from views import answered, cards, receipts, request_cards
from views.cards import back
from views.messages import Button, Screen
from views.staff_names import Reader, Who, age, called, escaped, hashtag, tagged

Row = tuple[Button, ...]
NUMBERS_A_ROW = 5


@dataclass(frozen=True, slots=True)
class Hit:
    """One of the people found. `digits` are the last of the phone."""

    who: Who
    digits: str | None = None
    open_requests: int = 0


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the timeline: who did what, in `data` the details of its kind."""

    at: datetime
    kind: str
    text: str | None
    by: str | None
    request_id: int | None
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Job:
    """A task as its owner sees it."""

    id: int
    text: str
    due_at: datetime
    who: Who | None
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A file a contact sent."""

    id: int
    kind: str
    name: str | None
    at: datetime


def found(
    reader: Reader,
    hits: Sequence[Hit],
    *,
    query: str,
    offset: int,
    size: int,
    more: bool,
    count: int,
    or_more: bool = False,
    by_words: bool = True,
    mistake: str = "",
    below: Sequence[Row] = (),
) -> Screen:
    """A page of a search that finds so many, `or_more`; `more` of them have a page after this one. `mistake` (HTML) says
    what of the query was read as plain words; `below` are the buttons for what can be done with everybody it found."""
    words = reader.words
    lines = [mistake] if mistake else []
    if not hits:
        # keys: find-nothing find-nobody-fits
        lines.append(words("find-nothing" if by_words else "find-nobody-fits", query=answered.cut(query, 100)))
        rows = ((Button(words.plain("button-add"), "add"),),) if reader.changes else ()
        return Screen("\n\n".join(lines), rows, protect=True)
    # keys: find-about find-exactly
    lines.append(words("find-about" if or_more else "find-exactly", count=count, query=answered.cut(query, 100)))
    people = []
    for place, hit in enumerate(hits, offset + 1):
        parts = [f"<b>{escaped(called(words, hit.who, most=48))}</b>"]
        if hit.who.username:
            parts.append(f"@{escaped(hit.who.username)}")
        if hit.digits:
            parts.append(f"…{escaped(hit.digits)}")
        if hit.who.tags:
            parts.append(tagged(hit.who.tags, most=3))
        if hit.open_requests:
            parts.append(words("find-open", count=hit.open_requests))
        people.append(f"{place}. {' · '.join(parts)}")
    lines.append("\n".join(people))
    buttons = [Button(str(place), f"card:{hit.who.id}") for place, hit in enumerate(hits, offset + 1)]
    paged = (*_several(buttons), *pages("found", offset, size, more), *below)
    return Screen("\n\n".join(lines), paged, protect=True)


def mistake(words: Words, reason: str, piece: str, corrected: str | None) -> str:
    """What of a query could not be read, why, and what to write in its place. HTML."""
    said = words("find-mistake", piece=answered.cut(piece, 60), reason=words.plain(f"find-mistake-{reason}"))
    # keys: find-mistake-unknown-field find-mistake-unknown-option find-mistake-unknown-unit find-mistake-no-value
    # keys: find-mistake-not-a-number find-mistake-not-a-time find-mistake-not-yes-or-no find-mistake-not-digits
    # keys: find-mistake-not-comparable find-mistake-one-value find-mistake-needs-comparison find-mistake-empty-range
    # keys: find-mistake-free-words find-mistake-nothing-to-find find-mistake-unclosed-quote
    # keys: find-mistake-unclosed-bracket find-mistake-extra-bracket find-mistake-empty-bracket
    # keys: find-mistake-dangling-or find-mistake-too-long find-mistake-too-deep find-mistake-unknown-segment
    # keys: find-mistake-segment-cycle find-mistake-broken-segment find-mistake-not-a-birthday
    return said if not corrected else f"{said} {words('find-corrected', query=answered.cut(corrected, 190))}"


def ask_query(words: Words) -> Screen:
    """/find without words."""
    return Screen(words("find-ask"), ((Button(words.plain("button-cancel"), "drop"),),))


def queue(reader: Reader, waiting: Sequence[request_cards.Seen], *, offset: int, size: int, total: int) -> Screen:
    """Open requests, the oldest first."""
    words = reader.words
    if not waiting:
        return Screen(words("queue-empty"), protect=True)
    lines = [f"<b>{words('queue-open', count=total)}</b>"]
    for seen in waiting:
        owner = answered.cut(seen.owner, 32) if seen.owner else request_cards.stage(words, seen.stage)
        title = f"{escaped(answered.cut(answered.title(words, seen.asked), 40))} · {escaped(called(words, seen.who, most=40))}"
        lines.append(f"№ {seen.id} {title} · {age(words, seen.created_at, reader.now)} · {escaped(owner)}")
    buttons = [Button(f"№ {seen.id}", f"open:{seen.id}") for seen in waiting]
    rows = (*_several(buttons), *pages("queue", offset, size, offset + len(waiting) < total))
    return Screen("\n".join(lines), rows, protect=True)


def tags(reader: Reader, counts: Sequence[tuple[int, str, int]]) -> Screen:
    """Every tag with how many people have it; each opens a search."""
    words = reader.words
    if not counts:
        return Screen(words("tags-none"))
    buttons = [
        Button(answered.cut(f"{hashtag(name)} · {count}", 40), f"tagged:{tag_id}")
        for tag_id, name, count in counts[:60]
    ]
    return Screen(words("tags-all", count=len(counts)), _several(buttons, a_row=2), protect=True)


def tasks(reader: Reader, jobs: Sequence[Job], *, offset: int, size: int, total: int) -> Screen:
    """One's own tasks, the soonest first, each with what to do about it."""
    words = reader.words
    if not jobs:
        return Screen(words("tasks-none"))
    lines = [f"<b>{words('tasks-open', count=total)}</b>"]
    rows: list[Row] = []
    for place, job in enumerate(jobs, offset + 1):
        signs = ("❗ " if job.due_at <= reader.now else "") + ("🔁 " if job.repeats else "")
        about = f" · {escaped(called(words, job.who, most=40))}" if job.who is not None else ""
        when = words.moment(job.due_at, reader.zone, now=reader.now)
        lines.append(f"{place}. {signs}{when}{about}\n{escaped(answered.cut(job.text, 300))}")
        rows.append(
            (
                Button(f"✅ {place}", f"tdone:{job.id}:l"),
                Button(words.plain("task-hour"), f"tlater:{job.id}:hour:l"),
                Button(words.plain("task-tomorrow"), f"tlater:{job.id}:day:l"),
                Button("⋯", f"tsk:{job.id}"),
            )
        )
    return Screen("\n\n".join(lines), (*rows, *pages("tasks", offset, size, offset + len(jobs) < total)), protect=True)


def notes(reader: Reader, who: Who, noted: Sequence[Noted], *, offset: int, size: int, more: bool) -> Screen:
    """What the team wrote down, the newest first."""
    words = reader.words
    lines = [f"<b>{words('notes-of', name=called(words, who))}</b>"]
    for one in noted:
        when = words.moment(one.at, reader.zone, now=reader.now)
        lines.append(f"<i>{when} · {escaped(answered.cut(one.by, 40))}</i>\n{escaped(answered.cut(one.text, 500))}")
    if not noted:
        lines.append(words("notes-none"))
    write = ((Button(words.plain("button-note"), f"note:{who.id}"),),) if reader.changes else ()
    rows = (*write, *pages(f"notes:{who.id}", offset, size, more), back(words, who.id))
    return Screen("\n\n".join(lines), rows, protect=True)


def files(reader: Reader, who: Who, kept: Sequence[Kept], *, offset: int, size: int, more: bool) -> Screen:
    """What the contact sent; each button sends one."""
    words = reader.words
    lines = [f"<b>{words('files-of', name=called(words, who))}</b>"]
    buttons = []
    for place, one in enumerate(kept, offset + 1):
        when = words.moment(one.at, reader.zone, now=reader.now)
        lines.append(f"{place}. {escaped(answered.cut(one.name or one.kind, 80))} · {when}")
        buttons.append(Button(str(place), f"file:{who.id}:{one.id}"))
    rows = (*_several(buttons), *pages(f"files:{who.id}", offset, size, more), back(words, who.id))
    return Screen("\n".join(lines), rows, protect=True)


def requests_of(reader: Reader, who: Who, seen: Sequence[request_cards.Seen]) -> Screen:
    """A contact's requests, the newest first."""
    words = reader.words
    lines = [f"<b>{words('requests-of', name=called(words, who))}</b>"]
    for one in seen:
        when = words.moment(one.created_at, reader.zone, now=reader.now)
        lines.append(
            f"№ {one.id} {escaped(answered.cut(answered.title(words, one.asked), 60))} · {request_cards.stage(words, one.stage)} · {when}"
        )
    if not seen:
        lines.append(words("requests-of-none"))
    buttons = [Button(f"№ {one.id}", f"open:{one.id}") for one in seen]
    return Screen("\n".join(lines), (*_several(buttons), back(words, who.id)), protect=True)


def timeline(reader: Reader, who: Who, happened: Sequence[Happened], *, offset: int, size: int, more: bool) -> Screen:
    """Everything that happened, in either direction, the newest first."""
    words = reader.words
    lines = [f"<b>{words('timeline-of', name=called(words, who))}</b>"]
    for one in happened:
        when = words.moment(one.at, reader.zone, now=reader.now)
        by = f" · {escaped(answered.cut(one.by, 40))}" if one.by else ""
        lines.append(f"<i>{when}{by}</i>\n{_happened(words, one)}")
    if not happened:
        lines.append(words("timeline-empty"))
    return Screen("\n\n".join(lines), (*pages(f"line:{who.id}", offset, size, more), back(words, who.id)), protect=True)


def _happened(words: Words, one: Happened) -> str:
    """One line of HTML. A kind this version does not know is said by its own name."""
    text = escaped(answered.cut(one.text, 240)) if one.text else ""
    about = f" № {one.request_id}" if one.request_id is not None else ""
    match one.kind:
        case "stage":
            stage = request_cards.stage(words, str(one.data.get("to", "new")))
            said = words("line-stage", number=str(one.request_id or ""), stage=stage)
        case "consent":
            # keys: line-consent-yes line-consent-no
            key = "line-consent-yes" if one.data.get("granted") else "line-consent-no"
            said = words(key, purpose=answered.cut(_purpose(words, str(one.data.get("purpose", ""))), 40))
        case "field":
            value = "⭐" if one.data.get("first") else one.data.get("value")
            shown = "—" if value is None else answered.cut(str(value), 120)
            said = words("line-field", field=answered.cut(_field(words, one.data), 40), value=shown)
        case "status":
            before, after = (answered.cut(cards.status(words, str(one.data.get(key))), 40) for key in ("from", "to"))
            said = words("line-status", before=before, after=after)
        case "spam":
            said = words("line-spam" if one.data.get("spam") else "line-unspam")  # keys: line-spam line-unspam
        case "sent":
            state = str(one.data.get("state"))
            said = words("line-sent" if state == "sent" else "line-unsent")  # keys: line-sent line-unsent
            # What was sent is HTML already, cut where it may break a tag: shown without its tags.
            text = escaped(answered.cut(_bare(one.text or ""), 240))
        case "purchase" | "refund" | "points":
            said = receipts.told(words, one.kind, one.data) + about
        case "survey":
            score = one.data.get("score")
            said = words("line-survey", score="—" if score is None else str(score))
        case "visit" if words.has(f"line-visit-{one.data.get('state')}"):
            # keys: line-visit-confirmed line-visit-moving line-visit-moved
            said = words(f"line-visit-{one.data['state']}") + about
        case kind if words.has(f"line-{kind}"):
            # keys: line-message line-reply line-request line-tag line-untag line-note line-reminder line-task line-file
            # keys: line-unreachable line-reachable line-added line-merged line-relative
            said = words(f"line-{kind}") + about
        case kind:
            said = escaped(kind) + about
    return (
        f"{said} {text}".strip() if one.kind in ("tag", "untag") else "\n".join(part for part in (said, text) if part)
    )


def _purpose(words: Words, purpose: str) -> str:
    """What was agreed to. Plain."""
    return words.plain(f"line-purpose-{purpose}") if words.has(f"line-purpose-{purpose}") else purpose
    # keys: line-purpose-processing line-purpose-marketing line-purpose-survey


def _field(words: Words, data: Mapping[str, Any]) -> str:
    """What a changed field is called: in the business's words of that day, or in the product's of today. Plain."""
    name = str(data.get("field", ""))
    if not data.get("own") and words.has(f"edit-{name}"):
        return words.plain(f"edit-{name}")
    return str(data.get("label") or name)


def _bare(markup: str) -> str:
    """Telegram's HTML without its tags."""
    out: list[str] = []
    inside = False
    for sign in markup:
        if sign in "<>":
            inside = sign == "<"
        elif not inside:
            out.append(sign)
    return "".join(out).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def _several(buttons: Sequence[Button], *, a_row: int = NUMBERS_A_ROW) -> tuple[Row, ...]:
    return tuple(tuple(buttons[start : start + a_row]) for start in range(0, len(buttons), a_row))


def pages(verb: str, offset: int, size: int, more: bool) -> tuple[Row, ...]:
    """◀ and ▶, as far as there is anything there."""
    row: list[Button] = []
    if offset > 0:
        row.append(Button("◀", f"{verb}:{max(offset - size, 0)}"))
    if more:
        row.append(Button("▶", f"{verb}:{offset + size}"))
    return (tuple(row),) if row else ()
