"""Campaigns on the screen: the list, the draft with everything that can be changed in it, the honest count, how far one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from crm.campaign_letters import Letter
from locales import LANGUAGES, Words
from views.messages import Button, Screen
from views.preferences import NAMES
from views.staff_names import Reader, Who, escaped, heading, label

Row = tuple[Button, ...]
BAR: Final = 12
BRACES: Final = {"open": "{", "close": "}"}
"""What a placeholder stands in: to the files of words it means something else."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a campaign is. `left` is who may still get it, `rate` messages a second lately (None: not known yet);
    of those who are left `later` cannot be written to yet, and `held` of these are put off by the contact policy, the
    first `held_until` then;
    `ends_at` when the last turn comes of one that is spread over hours. `verdict` is what its test found: (winner,
    leader, p)."""

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
    later: int = 0
    held: int = 0
    held_until: datetime | None = None
    recalled: int = 0
    rate: float | None = None
    start_at: datetime | None = None
    decide_at: datetime | None = None
    ends_at: datetime | None = None
    verdict: tuple[str | None, str | None, float] | None = None

    @property
    def meant(self) -> int:
        """Who was to be written to: without those who were left out and the control group."""
        return self.people - self.control - self.skipped

    @property
    def done(self) -> int:
        """Who of them was written to."""
        return self.sent + self.failed + self.unknown


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


def ask(
    words: Words, what: str, *, problem: str | None = None, language: str = "", variant: str = "", code: str = ""
) -> Screen:
    """The question for something that is typed or sent. `problem` (HTML) is why the last answer was not taken, `code` a
    promo code as an example."""
    # keys: campaign-ask-aim campaign-ask-time campaign-ask-local campaign-ask-link campaign-ask-url
    # keys: campaign-ask-person campaign-ask-fix campaign-ask-link-once
    match what:
        case "text":
            parts = [problem, words("campaign-ask-text", **BRACES)]
        case "promo":
            parts = [problem, words("campaign-ask-promo", code=code)]
        case _:
            parts = [problem, words(f"campaign-ask-{what}")]
    if what == "text" and variant not in ("", "a"):
        parts.append(words("campaign-ask-variant", variant=variant.upper()))
    if what == "text" and language:
        parts.append(words("campaign-ask-language", language=NAMES[language]))
    return Screen("\n\n".join(filter(None, parts)), ((Button(words.plain("button-cancel"), "drop:asked"),),))


def count(
    reader: Reader,
    campaign_id: int,
    *,
    meant: int,
    lost: Mapping[str, int],
    control: int,
    gets: int,
    foreign: Mapping[str, int],
    foreign_if: Mapping[str, int],
    steps: Sequence[str],
) -> Screen:
    """The honest count, step by step; who falls away at a step is a button. `foreign` is how many read a language
    in which there are no words for them, `foreign_if` how many more if this variant wins. The first button starts it:
    there is none where nobody would get it."""
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
    if gets and lost.get("cap"):
        lines.append(words("campaign-count-again"))
    elif lost.get("cap"):
        lines.append(words("campaign-count-later"))
    if foreign:
        # keys: campaign-reads-ru campaign-reads-uk campaign-reads-en
        readers = [words.plain(f"campaign-reads-{one}", count=foreign[one]) for one in LANGUAGES if one in foreign]
        lines.append(words("campaign-count-foreign", readers=words.listed(readers)))
    for variant, count in sorted(foreign_if.items()):
        lines.append(words("campaign-count-foreign-if", name=variant.upper(), count=count))
    if gets:
        rows.insert(0, (Button(words.plain("campaign-start", count=gets), f"bcgo:{campaign_id}"),))
    rows.append(back(words, campaign_id))
    return Screen("\n".join(lines), tuple(rows), protect=True)


def progress(reader: Reader, seen: Progress) -> Screen:
    """How far it is, and what can be done about it."""
    words = reader.words
    lines = [f"{_sign(seen.state)} <b>{escaped(seen.name or words.plain('campaign-nameless'))}</b>"]
    # keys: campaign-is-planned campaign-is-running campaign-is-testing campaign-is-paused campaign-is-done
    # keys: campaign-is-cancelled campaign-is-recalling campaign-is-recalled
    lines.append(words(f"campaign-is-{seen.state}"))
    if seen.meant:
        filled = BAR * seen.done // seen.meant
        lines.append(f"{'▓' * filled}{'░' * (BAR - filled)} {100 * seen.done // seen.meant} %")
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
    return Screen(words(f"campaign-sure-{what}", count=count), ((yes,), back(words, campaign_id)))


def wants_call(reader: Reader, who: Who, *, campaign: str, phone: str | None) -> Screen:
    """To the team: somebody pressed "call me" under a campaign."""
    words = reader.words
    text = words("campaign-wants-call", campaign=campaign)
    lines = [f"📞 {heading(words, who)}", text, *([f"<code>{escaped(phone)}</code>"] if phone else [])]
    row = (Button(words.plain("button-card"), f"card:{who.id}"), Button(words.plain("button-reply"), f"write:{who.id}"))
    return Screen("\n".join(lines), (row,), protect=True)


def choose_text(words: Words, campaign_id: int, letter: Letter) -> Screen:
    """Which words are to be corrected: of which variant, in which language."""
    several = len(letter.variants) > 1
    rows: list[Row] = []
    for one in letter.variants:
        head = f"{words.plain('campaign-variant', name=one.id.upper())} · " if several else ""
        rows += [
            (Button(f"{head}{NAMES[language]}", f"bcfix:{campaign_id}:{one.id}:{language}"),) for language in one.text
        ]
    return Screen(words("campaign-which-text"), (*rows, back(words, campaign_id)))


def corrected(words: Words) -> Screen:
    """The new words are on their way."""
    return Screen(words("campaign-corrected"))


def kept_list(words: Words, name: str, segment_id: int) -> Screen:
    """Who falls away at a step is a list now."""
    button = Button(words.plain("campaign-open-list"), f"seg:{segment_id}")
    return Screen(words("campaign-list-kept", name=name), ((button,),), protect=True)


# --------------------------------------------------------------------------------------------------------------- details


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
    if seen.state in ("running", "testing") and seen.held_until is not None:
        until = words.moment(seen.held_until, reader.zone, now=reader.now)
        lines.append(words("campaign-held", count=seen.held, until=until))
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
    if seen.ends_at is not None and seen.ends_at > reader.now:
        if seen.state == "running" and seen.left:
            lines.append(words("campaign-ends", time=words.clock(seen.ends_at.astimezone(reader.zone).time())))
    elif seen.state in ("running", "testing") and seen.rate and (ready := seen.left - seen.later) > 0:
        left = _span(words, ready / seen.rate)
        lines.append(words("campaign-rate", rate=words.number(round(seen.rate, 1)), left=left))
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
        rows.append(
            (
                Button(words.plain("campaign-fix"), f"bcfix:{key}"),
                Button(words.plain("campaign-recall"), f"bcrun:{key}:recall"),
            )
        )
    return tuple(rows)


def _cancel(words: Words, key: int) -> Button:
    return Button(words.plain("campaign-cancel"), f"bcrun:{key}:cancel")


def back(words: Words, key: int) -> Row:
    """The row that leads back to the campaign."""
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
