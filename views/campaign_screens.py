"""Campaigns on the screen: the list, the draft with everything that can be changed in it, the honest count, how far one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from crm import campaign_texts
from crm.campaign_letters import Letter, Options
from locales import LANGUAGES, Words
from views import answered
from views.messages import Button, Screen
from views.preferences import NAMES
from views.staff_names import Reader, Who, escaped, heading, label

Row = tuple[Button, ...]
BAR: Final = 12
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


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign is. `left` is who may still get it, `rate` messages a second lately (None: not known yet).
    `verdict` is what its test found: (winner, leader, p)."""

    id: int
    name: str
    state: str
    people: int
    sent: int
    failed: int
    unknown: int
    skipped: int
    cancelled: int
    control: int
    left: int
    waiting: int
    recalled: int = 0
    rate: float | None = None
    start_at: datetime | None = None
    decide_at: datetime | None = None
    verdict: tuple[str | None, str | None, float] | None = None

    @property
    def done(self) -> int:
        """Whose turn has come."""
        return self.sent + self.failed + self.unknown + self.skipped + self.cancelled


@dataclass(frozen=True, slots=True)
class Listed:
    """A campaign in the list."""

    id: int
    name: str
    state: str
    at: datetime


def everything(reader: Reader, shown: Sequence[Listed], *, offset: int, size: int, total: int) -> Screen:
    """/broadcasts: the newest first, each a button."""
    words = reader.words
    if not total:
        return Screen(words("campaigns-none"), ((Button(words.plain("campaigns-new"), "bcnew"),),))
    rows: list[Row] = [
        (Button(label(f"{_sign(one.state)} {one.name or words.plain('campaign-nameless')}"), f"bc:{one.id}"),)
        for one in shown
    ]
    turning = []
    if offset:
        turning.append(Button("‹", f"bclist:{max(0, offset - size)}"))
    if offset + size < total:
        turning.append(Button("›", f"bclist:{offset + size}"))
    if turning:
        rows.append(tuple(turning))
    rows.append((Button(words.plain("campaigns-new"), "bcnew"),))
    return Screen(f"<b>{words('campaigns-title')}</b>\n{words('campaigns-count', count=total)}", tuple(rows))


def ask(words: Words, what: str, *, problem: str | None = None, language: str = "", variant: str = "") -> Screen:
    """The question for something that is typed or sent. `problem` (HTML) is why the last answer was not taken."""
    # keys: campaign-ask-text campaign-ask-aim campaign-ask-time campaign-ask-local campaign-ask-link campaign-ask-url
    # keys: campaign-ask-promo campaign-ask-person
    parts = [problem, words(f"campaign-ask-{what}")]
    if what == "text" and variant not in ("", "a"):
        parts.append(words("campaign-ask-variant", variant=variant.upper()))
    if what == "text" and language:
        parts.append(words("campaign-ask-language", language=NAMES[language]))
    return Screen("\n\n".join(filter(None, parts)), ((Button(words.plain("button-cancel"), "drop"),),))


def draft(reader: Reader, seen: Drafted, *, default: str) -> Screen:
    """Everything about a draft, and a button for each thing that can be changed."""
    words = reader.words
    lines = [f"📣 <b>{words('campaign-draft', number=str(seen.id))}</b>"]
    for one in seen.letter.variants:
        head = words("campaign-variant", name=one.id.upper()) if len(seen.letter.variants) > 1 else ""
        said = campaign_texts.first_words(one.say(default, default), SHOWN // len(seen.letter.variants))
        files = words("campaign-files", count=len(one.media)) if one.media else ""
        lines.append(
            "\n".join(filter(None, (head, f"<blockquote>{escaped(said)}</blockquote>" if said else "", files)))
            or words("campaign-no-text")
        )
        spoken = [NAMES[language] for language in LANGUAGES if language in one.text]
        if len(spoken) > 1:
            lines.append(words("campaign-languages", languages=words.listed(spoken)))
    if seen.letter.choices:
        # keys: campaign-does-link campaign-does-url campaign-does-form campaign-does-survey campaign-does-promo
        # keys: campaign-does-call
        shown = [f"▫️ {escaped(one.title)} · {words(f'campaign-does-{one.does}')}" for one in seen.letter.choices]
        lines.append("\n".join(shown))
    lines.append("\n".join(_settings(reader, seen)))
    return Screen("\n\n".join(lines), _draft_rows(words, seen), protect=True)


def options(reader: Reader, seen: Drafted, what: str, offered: Sequence[tuple[str, str, bool]]) -> Screen:
    """The values of one setting: (value, label, whether it is the one)."""
    words = reader.words
    rows: list[Row] = [
        (Button(f"✅ {title}" if on else title, f"bcset:{seen.id}:{what}:{value}"),) for value, title, on in offered
    ]
    rows.append(_back(words, seen.id))
    # keys: campaign-which-purpose campaign-which-topic campaign-which-control campaign-which-test campaign-which-decide
    # keys: campaign-which-metric campaign-which-spread campaign-which-useful
    return Screen(words(f"campaign-which-{what}"), tuple(rows))


def when(reader: Reader, seen: Drafted) -> Screen:
    """When it begins, how it is spread, how long it is of use."""
    words, key = reader.words, seen.id
    rows: tuple[Row, ...] = (
        (Button(words.plain("campaign-when-now"), f"bcset:{key}:now:1"),),
        (Button(words.plain("campaign-when-at"), f"bcask:{key}:time"),),
        (Button(words.plain("campaign-when-local"), f"bcask:{key}:local"),),
        (Button(words.plain("campaign-when-spread"), f"bcset:{key}:spread"),),
        (Button(words.plain("campaign-when-useful"), f"bcset:{key}:useful"),),
        _back(words, key),
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
    rows.append(_back(words, key))
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
    rows += [(Button(words.plain("campaign-set-control"), f"bcset:{key}:control"),), _back(words, key)]
    return Screen(words("campaign-tests"), tuple(rows))


def count(
    reader: Reader,
    campaign_id: int,
    *,
    meant: int,
    lost: Mapping[str, int],
    control: int,
    gets: int,
    steps: Sequence[str],
) -> Screen:
    """The honest count, step by step; who falls away at a step is a button. The last button starts it."""
    words = reader.words
    lines = [f"<b>{words('campaign-count')}</b>", words("campaign-count-meant", count=meant)]
    rows: list[Row] = []
    left = meant
    for reason in steps:
        if not lost.get(reason):
            continue
        left -= lost[reason]
        # keys: campaign-lost-no-consent campaign-lost-unreachable campaign-lost-paused campaign-lost-topic
        # keys: campaign-lost-cap campaign-lost-spam
        said = words(f"campaign-lost-{reason}", count=lost[reason])
        lines.append(f"− {said} → {words.number(left)}")
        rows.append(
            (
                Button(
                    f"👥 {words.plain(f'campaign-lost-{reason}', count=lost[reason])}", f"bcwho:{campaign_id}:{reason}"
                ),
            )
        )
    if control:
        lines.append(f"− {words('campaign-count-control', count=control)} → {words.number(left - control)}")
    lines.append(f"\n<b>{words('campaign-count-gets', count=gets)}</b>")
    if gets:
        rows.insert(0, (Button(words.plain("campaign-start", count=gets), f"bcgo:{campaign_id}"),))
    rows.append(_back(words, campaign_id))
    return Screen("\n".join(lines), tuple(rows), protect=True)


def progress(reader: Reader, seen: Progress) -> Screen:
    """How far it is, and what can be done about it."""
    words = reader.words
    lines = [f"{_sign(seen.state)} <b>{escaped(seen.name or words.plain('campaign-nameless'))}</b>"]
    # keys: campaign-is-planned campaign-is-running campaign-is-testing campaign-is-paused campaign-is-done
    # keys: campaign-is-cancelled campaign-is-recalling campaign-is-recalled
    lines.append(words(f"campaign-is-{seen.state}"))
    whole = seen.people - seen.control
    if whole:
        filled = BAR * seen.done // whole
        lines.append(f"{'▓' * filled}{'░' * (BAR - filled)} {100 * seen.done // whole} %")
    lines.append("\n".join(_figures(words, seen)))
    lines += _timing(reader, seen)
    return Screen("\n".join(filter(None, lines)), _progress_rows(words, seen), protect=True)


def begun(words: Words, campaign_id: int) -> Screen:
    """It was started: the next message shows how far it is."""
    return Screen(words("campaign-begun", number=str(campaign_id)))


def sure(words: Words, campaign_id: int, what: str, *, count: int) -> Screen:
    """Asks before something that cannot be undone."""
    # keys: campaign-sure-cancel campaign-sure-recall
    # keys: campaign-yes-cancel campaign-yes-recall
    yes = Button(words.plain(f"campaign-yes-{what}"), f"bcrun:{campaign_id}:{what}:yes")
    return Screen(words(f"campaign-sure-{what}", count=count), ((yes,), _back(words, campaign_id)))


def wants_call(reader: Reader, who: Who, *, campaign: str, phone: str | None) -> Screen:
    """To the team: somebody pressed "call me" under a campaign."""
    words = reader.words
    text = words("campaign-wants-call", campaign=campaign)
    lines = [f"📞 {heading(words, who)}", text, *([f"<code>{escaped(phone)}</code>"] if phone else [])]
    row = (Button(words.plain("button-card"), f"card:{who.id}"), Button(words.plain("button-reply"), f"write:{who.id}"))
    return Screen("\n".join(lines), (row,), protect=True)


def kept_list(words: Words, name: str, segment_id: int) -> Screen:
    """Who falls away at a step is a list now."""
    button = Button(words.plain("campaign-open-list"), f"seg:{segment_id}")
    return Screen(words("campaign-list-kept", name=name), ((button,),), protect=True)


# --------------------------------------------------------------------------------------------------------------- details


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
    lines.append(f"⌛ {words('campaign-useful', hours=options.useful)}")
    if len(seen.letter.variants) > 1 and options.test:
        # keys: campaign-metric-presses campaign-metric-answers campaign-metric-purchases
        metric = words(f"campaign-metric-{options.metric}")
        lines.append(f"🧪 {words('campaign-test', percent=options.test, hours=options.decide, metric=metric)}")
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


def _figures(words: Words, seen: Progress) -> list[str]:
    lines = [words("campaign-sent", count=seen.sent)]
    # keys: campaign-failed campaign-unknown campaign-skipped campaign-cancelled campaign-left campaign-waiting
    # keys: campaign-in-control campaign-recalled
    for name, number in (
        ("left", seen.left),
        ("waiting", seen.waiting),
        ("failed", seen.failed),
        ("unknown", seen.unknown),
        ("skipped", seen.skipped),
        ("cancelled", seen.cancelled),
        ("in-control", seen.control),
        ("recalled", seen.recalled),
    ):
        if number:
            lines.append(words(f"campaign-{name}", count=number))
    return lines


def _timing(reader: Reader, seen: Progress) -> list[str]:
    words = reader.words
    if seen.state == "planned" and seen.start_at is not None:
        return [words("campaign-starts-at", when=words.moment(seen.start_at, reader.zone, now=reader.now))]
    lines = []
    if seen.state == "testing" and seen.decide_at is not None:
        lines.append(words("campaign-decides", when=words.moment(seen.decide_at, reader.zone, now=reader.now)))
    if seen.verdict is not None:
        winner, _, p = seen.verdict
        share = words.number(round(100 * p, 1))
        lines.append(
            words("campaign-won", name=winner.upper(), share=share)
            if winner
            else words("campaign-no-winner", share=share)
        )
    if seen.state in ("running", "testing") and seen.rate and seen.left:
        lines.append(
            words("campaign-rate", rate=words.number(round(seen.rate, 1)), left=_span(words, seen.left / seen.rate))
        )
    return lines


def _span(words: Words, seconds: float) -> str:
    return words.span(timedelta(seconds=max(1, round(seconds))))


def _progress_rows(words: Words, seen: Progress) -> tuple[Row, ...]:
    key = seen.id
    rows: list[Row] = []
    if seen.state in ("running", "testing"):
        rows.append((Button(words.plain("campaign-pause"), f"bcrun:{key}:pause"), _cancel(words, key)))
    elif seen.state == "paused":
        rows.append((Button(words.plain("campaign-resume"), f"bcrun:{key}:resume"), _cancel(words, key)))
    elif seen.state == "planned":
        rows.append((_cancel(words, key),))
    if seen.sent:
        rows.append((Button(words.plain("campaign-report"), f"bcrep:{key}"),))
    if seen.state in ("done", "cancelled"):
        rows.append((Button(words.plain("campaign-repeat"), f"bcrun:{key}:repeat"),))
    if seen.sent and seen.state not in ("recalling", "recalled"):
        rows.append((Button(words.plain("campaign-recall"), f"bcrun:{key}:recall"),))
    return tuple(rows)


def _cancel(words: Words, key: int) -> Button:
    return Button(words.plain("campaign-cancel"), f"bcrun:{key}:cancel")


def _back(words: Words, key: int) -> Row:
    return (Button("‹ " + words.plain("campaign-back"), f"bc:{key}"),)


def _sign(state: str) -> str:
    return {
        "draft": "📝",
        "planned": "🕒",
        "running": "📣",
        "testing": "🧪",
        "paused": "⏸",
        "done": "✅",
        "cancelled": "✖️",
        "recalling": "↩️",
        "recalled": "↩️",
    }.get(state, "📣")
