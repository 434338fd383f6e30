"""A campaign's draft on the screen: everything that can be changed in it, and the values that are offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crm import campaign_texts
from crm.campaign_letters import Letter, Options
from crm.playbook import Playbook
from locales import LANGUAGES, Words
from views import answered, campaign_messages
from views.campaign_screens import back
from views.messages import Button, Screen
from views.preferences import NAMES
from views.staff_names import Reader, escaped, label

Row = tuple[Button, ...]
SHOWN: Final = 600
"""Letters of a text that a draft shows."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft as it is shown. `aim` is the segment as it was asked for; `repeat_of` the name of the campaign it repeats;
    `topic` its title."""

    id: int
    letter: Letter
    options: Options
    purpose: str
    topic: str | None
    has_topics: bool
    aim: str | None
    repeat_of: str | None
    start_at: datetime | None


def draft(reader: Reader, seen: Drafted, *, playbook: Playbook) -> Screen:
    """Everything about a draft, and a button for each thing that can be changed."""
    words, default = reader.words, playbook.business.language
    lines = [f"📣 <b>{words('campaign-draft', number=str(seen.id))}</b>"]
    for one in seen.letter.variants:
        head = words("campaign-variant", name=one.id.upper()) if len(seen.letter.variants) > 1 else ""
        said = campaign_texts.first_words(one.say(words.language, default), SHOWN // len(seen.letter.variants))
        files = words("campaign-files", count=len(one.media)) if one.media else ""
        if one.is_album and (seen.letter.choices or seen.purpose == "marketing"):
            files = f"{files}\n{words('campaign-album-apart')}"
        lines.append(
            "\n".join(filter(None, (head, f"<blockquote>{escaped(said)}</blockquote>" if said else "", files)))
            or words("campaign-no-text")
        )
        spoken = [NAMES[language] for language in LANGUAGES if language in one.text]
        if spoken:
            lines.append(words("campaign-languages", languages=words.listed(spoken)))
    if seen.letter.choices:
        # keys: campaign-does-link campaign-does-url campaign-does-form campaign-does-survey campaign-does-promo
        # keys: campaign-does-call
        shown = [
            f"▫️ {escaped(campaign_messages.title(words, one, playbook))} · {words(f'campaign-does-{one.does}')}"
            + (f" <code>{escaped(one.value)}</code>" if one.does == "promo" else "")
            for one in seen.letter.choices
        ]
        lines.append("\n".join(shown))
    lines.append("\n".join(_settings(reader, seen)))
    return Screen("\n\n".join(lines), _draft_rows(words, seen), protect=True)


def options(reader: Reader, seen: Drafted, what: str, offered: Sequence[tuple[str, str, bool]]) -> Screen:
    """The values of one setting: (value, label, whether it is the one)."""
    words = reader.words
    rows: list[Row] = [
        (Button(f"✅ {title}" if on else title, f"bcset:{seen.id}:{what}:{value}"),) for value, title, on in offered
    ]
    rows.append(back(words, seen.id))
    # keys: campaign-which-purpose campaign-which-topic campaign-which-control campaign-which-test campaign-which-decide
    # keys: campaign-which-metric campaign-which-spread campaign-which-useful campaign-which-language
    return Screen(words(f"campaign-which-{what}"), tuple(rows))


def span(hours: int) -> dict[str, str | int]:
    """So many hours as they are spoken of: whole days as days."""
    return {"unit": "hours", "n": hours} if hours % 24 else {"unit": "days", "n": hours // 24}


def when(reader: Reader, seen: Drafted) -> Screen:
    """When it begins, how it is spread, how long it is of use."""
    words, key = reader.words, seen.id
    rows: tuple[Row, ...] = (
        (Button(words.plain("campaign-when-now"), f"bcset:{key}:now:1"),),
        (Button(words.plain("campaign-when-at"), f"bcask:{key}:time"),),
        (Button(words.plain("campaign-when-local"), f"bcask:{key}:local"),),
        (Button(words.plain("campaign-when-spread"), f"bcset:{key}:spread"),),
        (Button(words.plain("campaign-when-useful"), f"bcset:{key}:useful"),),
        back(words, key),
    )
    return Screen(words("campaign-when"), rows)


def buttons(
    reader: Reader, seen: Drafted, *, forms: Sequence[tuple[str, str]], surveys: Sequence[tuple[str, str]]
) -> Screen:
    """Which button to add."""
    words, key = reader.words, seen.id
    rows: list[Row] = [
        (
            Button(words.plain("campaign-add-link"), f"bcask:{key}:link"),
            Button(words.plain("campaign-add-url"), f"bcask:{key}:url"),
        ),
        (
            Button(words.plain("campaign-add-promo"), f"bcask:{key}:promo"),
            Button(words.plain("campaign-add-call"), f"bcbtn:{key}:call"),
        ),
    ]
    rows += [(Button(label(f"📝 {title}"), f"bcbtn:{key}:form:{one}"),) for one, title in forms[:10]]
    rows += [(Button(label(f"⭐ {title}"), f"bcbtn:{key}:survey:{one}"),) for one, title in surveys[:10]]
    if seen.letter.choices:
        rows.append((Button(words.plain("campaign-drop-button"), f"bcbtn:{key}:drop"),))
    rows.append(back(words, key))
    return Screen(words("campaign-buttons"), tuple(rows))


def tests(reader: Reader, seen: Drafted) -> Screen:
    """The variants, the test, the control group."""
    words, key = reader.words, seen.id
    rows: list[Row] = [
        (
            Button(words.plain("campaign-variant-edit", name=one.id.upper()), f"bcask:{key}:text:{one.id}"),
            *([Button("🗑", f"bcset:{key}:unvariant:{one.id}")] if len(seen.letter.variants) > 1 else []),
        )
        for one in seen.letter.variants
    ]
    rows.append((Button(words.plain("campaign-variant-add"), f"bcask:{key}:variant"),))
    if len(seen.letter.variants) > 1:
        rows.append((Button(words.plain("campaign-set-test"), f"bcset:{key}:test"),))
        if seen.options.test:
            rows.append(
                (
                    Button(words.plain("campaign-set-metric"), f"bcset:{key}:metric"),
                    Button(words.plain("campaign-set-decide"), f"bcset:{key}:decide"),
                )
            )
    rows += [(Button(words.plain("campaign-set-control"), f"bcset:{key}:control"),), back(words, key)]
    return Screen(words("campaign-tests"), tuple(rows))


def _settings(reader: Reader, seen: Drafted) -> list[str]:
    words, options = reader.words, seen.options
    aim = f"<code>{escaped(answered.cut(seen.aim, 200))}</code>" if seen.aim is not None else words("campaign-no-aim")
    if seen.repeat_of is not None:
        aim = words("campaign-aim-repeat", name=seen.repeat_of)
    if seen.aim == "":
        aim = words("campaign-aim-everybody")
    # keys: campaign-purpose-marketing campaign-purpose-service campaign-purpose-survey
    about = words(f"campaign-purpose-{seen.purpose}") + (f" · {escaped(seen.topic)}" if seen.topic else "")
    lines = [f"👥 {aim}", f"🏷 {about}", f"🕒 {_start(reader, seen)}"]
    if options.spread:
        lines.append(f"↔️ {words('campaign-spread', minutes=options.spread, hours=options.spread // 60)}")
    lines.append(f"⌛ {words('campaign-useful', **span(options.useful))}")
    if len(seen.letter.variants) > 1 and options.test:
        # keys: campaign-metric-presses campaign-metric-answers campaign-metric-purchases
        metric = words(f"campaign-metric-{options.metric}")
        lines.append(f"🧪 {words('campaign-test', percent=options.test, metric=metric, **span(options.decide))}")
    if options.control:
        lines.append(f"🎛 {words('campaign-control', percent=options.control)}")
    return lines


def _start(reader: Reader, seen: Drafted) -> str:
    words = reader.words
    if seen.options.local is not None:
        wall = datetime.fromisoformat(seen.options.local)
        day = words.day(wall.date(), today=reader.now.astimezone(reader.zone).date())
        return words("campaign-starts-local", when=f"{day}, {words.clock(wall.time())}")
    if seen.start_at is not None:
        return words("campaign-starts-at", when=words.moment(seen.start_at, reader.zone, now=reader.now))
    return words("campaign-starts-now")


def _draft_rows(words: Words, seen: Drafted) -> tuple[Row, ...]:
    key = seen.id
    missing = [one for one in LANGUAGES if any(one not in variant.text for variant in seen.letter.variants)]
    spoken = len(missing) < len(LANGUAGES)
    rows: list[Row] = [
        (
            Button(words.plain("campaign-set-text"), f"bcask:{key}:text:{seen.letter.variants[0].id}"),
            Button(words.plain("campaign-set-buttons"), f"bcset:{key}:buttons"),
        ),
    ]
    if spoken and missing:
        rows.append(
            tuple(Button(f"➕ {NAMES[one]}", f"bcask:{key}:text:{seen.letter.variants[0].id}:{one}") for one in missing)
        )
    if len(seen.letter.languages) == 1:
        rows.append((Button(words.plain("campaign-set-language"), f"bcset:{key}:language"),))
    about = [Button(words.plain("campaign-set-purpose"), f"bcset:{key}:purpose")]
    if seen.has_topics:
        about.append(Button(words.plain("campaign-set-topic"), f"bcset:{key}:topic"))
    rows += [
        (
            *([] if seen.repeat_of is not None else [Button(words.plain("campaign-set-aim"), f"bcask:{key}:aim")]),
            Button(words.plain("campaign-set-when"), f"bcset:{key}:when"),
        ),
        tuple(about),
        (Button(words.plain("campaign-set-tests"), f"bcset:{key}:tests"),),
        (
            Button(words.plain("campaign-preview"), f"bcask:{key}:person"),
            Button(words.plain("campaign-test-me"), f"bctest:{key}"),
        ),
        (
            Button(words.plain("campaign-to-count"), f"bccount:{key}"),
            Button(words.plain("campaign-drop"), f"bcrun:{key}:cancel"),
        ),
    ]
    return tuple(rows)
