"""The screens of /settings: language, time zone, quiet hours, what a person agrees to receive and how often; and the two
buttons under every advertisement by which they have less of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from crm.playbook_types import Span
from crm.zone_guesses import By
from locales import LANGUAGES, Words, cities
from views.answered import cut
from views.messages import Button, Key, Screen

Row = tuple[Button, ...]
Often = Literal["usual", "fewer", "pause", "nothing"]

NAMES: Final = {"ru": "Русский", "uk": "Українська", "en": "English"}
"""A language is called as its own readers call it."""
PURPOSES: Final = ("marketing", "survey")
OFTEN: Final[tuple[Often, ...]] = ("usual", "fewer", "pause", "nothing")
PRESETS: Final = ("20:00-10:00", "22:00-08:00", "23:00-07:00")
"""Quiet hours that people choose, beside the business's own."""
LONGEST_DATA: Final = 64
"""Bytes of a button's data (Bot API, InlineKeyboardButton)."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of messages, as it is called in the reader's language, and whether it is wanted."""

    id: str
    title: str
    wanted: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """All that a person can choose, as it is now. `known` is how the zone is; `quiet` are the hours in force, `own_quiet`
    whether they are the person's own; `often` may be several: fewer, and paused until a day."""

    zone: ZoneInfo
    known: By = "given"
    quiet: Span | None = None
    own_quiet: bool = False
    fewer: int = 0
    paused_until: datetime | None = None
    consents: Mapping[str, bool] = field(default_factory=dict)
    processing: bool = False
    topics: tuple[Topic, ...] = ()

    def gets(self, purpose: str) -> bool:
        """Whether messages of this purpose come: advertising needs a yes, a survey no no (crm/policy.py)."""
        return self.consents.get(purpose, purpose == "survey")

    @property
    def nothing(self) -> bool:
        """Whether nothing comes that the person did not ask for."""
        return not any(self.gets(purpose) for purpose in PURPOSES)


def overview(words: Words, chosen: Chosen, *, now: datetime, customer: bool) -> Screen:
    """All that can be chosen, as it is now. The team chooses a language and a zone only."""
    lines = [
        words("settings-title"),
        "",
        words("settings-language", language=NAMES[words.language]),
        _zone_line(words, chosen, now),
    ]
    rows: list[Row] = [
        tuple(_chosen(NAMES[one], one == words.language, f"set:lang:{one}") for one in LANGUAGES),
        (Button(words.plain("settings-zone-button"), "set:zone"),),
    ]
    if customer:
        rows[-1] = (*rows[-1], Button(words.plain("settings-quiet-button"), "set:quiet"))
        lines += [_quiet_line(words, chosen), _often_line(words, chosen, now), "", words("settings-receive")]
        for purpose in PURPOSES:
            on = chosen.gets(purpose)
            label = words.plain(f"settings-{purpose}")  # keys: settings-marketing settings-survey
            rows.append((_chosen(label, on, f"set:{purpose}:{'off' if on else 'on'}"),))
        often: Row = (Button(words.plain("settings-often-button"), "set:often"),)
        topics: Row = (Button(words.plain("settings-topics-button"), "set:topics"),) if chosen.topics else ()
        rows.append((*often, *topics))
        said = "settings-processing-off" if chosen.processing else "settings-processing-on"
        rows.append((Button(words.plain(said), f"set:processing:{'off' if chosen.processing else 'on'}"),))
    return Screen("\n".join(lines), buttons=tuple(rows))


# ----------------------------------------------------------------------------------------------------- where one lives


def zones(words: Words, offered: Sequence[str], *, now: datetime) -> Screen:
    """Zones to choose from, and how else to say where one lives."""
    buttons = [Button(_zone(words, name, now), f"set:zone:{name}") for name in offered[:20]]
    rows = [tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2)]
    here = (Button(words.plain("settings-zone-here"), "set:here"),)
    return Screen(words("settings-zone-ask"), buttons=(*rows, here, back(words)))


def ask_place(words: Words) -> Screen:
    """Asks for the person's place, which Telegram sends when its key is pressed."""
    return Screen(words("settings-place-ask"), keys=((Key(words.plain("form-share-place"), "location"),),))


def several_zones(words: Words, offered: Sequence[str], *, now: datetime) -> Screen:
    """Which of the zones that fit what was typed."""
    rows = [(Button(_zone(words, name, now), f"set:zone:{name}"),) for name in offered[:8]]
    return Screen(words("settings-zone-which"), buttons=(*rows, back(words)))


def unknown_zone(words: Words) -> Screen:
    return Screen(words("settings-zone-unknown"), buttons=(back(words),))


def zone_chosen(words: Words, zone: ZoneInfo, *, now: datetime) -> Screen:
    place = cities.city_of(zone.key, words.language)
    return Screen(words("settings-zone-chosen", place=place, clock=_clock(words, zone, now)), buttons=(back(words),))


# --------------------------------------------------------------------------------------------------- hours, how often


def quiet_hours(words: Words, chosen: Chosen, business: Span | None) -> Screen:
    """Hours without messages to choose from; `business` are those that hold for who chooses none."""
    usual = words.plain("settings-quiet-usual", hours=_hours(words, business))
    rows: list[Row] = [(_chosen(usual, not chosen.own_quiet, "set:quiet:usual"),)]
    own = _written(chosen.quiet) if chosen.own_quiet else ""
    rows.append(tuple(_chosen(one.replace("-", "–"), one == own, f"set:quiet:{one}") for one in PRESETS))
    any_hour = chosen.own_quiet and (chosen.quiet is None or chosen.quiet.start == chosen.quiet.end)
    rows.append((_chosen(words.plain("settings-quiet-never"), any_hour, "set:quiet:never"),))
    return Screen(f"{_quiet_line(words, chosen)}\n\n{words('settings-quiet-ask')}", buttons=(*rows, back(words)))


def unknown_hours(words: Words) -> Screen:
    return Screen(words("settings-quiet-unknown"), buttons=(back(words),))


def hours_chosen(words: Words, chosen: Chosen) -> Screen:
    return Screen(_quiet_line(words, chosen), buttons=(back(words),))


def how_often(words: Words, chosen: Chosen, *, now: datetime) -> Screen:
    """As usual, fewer, a pause, or nothing."""
    on: dict[str, bool] = {
        "fewer": chosen.fewer > 0 and not chosen.nothing,
        "pause": _is_paused(chosen, now) and not chosen.nothing,
        "nothing": chosen.nothing,
    }
    on["usual"] = not any(on.values())
    rows: list[Row] = [(_chosen(words.plain(f"settings-often-{one}"), on[one], f"set:often:{one}"),) for one in OFTEN]
    if on["fewer"]:
        still = Button(words.plain("settings-often-still"), "set:often:fewer")
        rows[1] = (_chosen(words.plain("settings-often-fewer"), True, "set:often"), still)
    # keys: settings-often-usual settings-often-fewer settings-often-pause settings-often-nothing
    return Screen(f"{_often_line(words, chosen, now)}\n\n{words('settings-often-ask')}", buttons=(*rows, back(words)))


def topics(words: Words, offered: Sequence[Topic]) -> Screen:
    """The subjects, each on or off."""
    rows = [
        (_chosen(cut(one.title, 60), one.wanted, f"set:topic:{one.id}:{'off' if one.wanted else 'on'}"),)
        for one in offered
    ]
    return Screen(words("settings-topics"), buttons=(*rows, back(words)))


# ------------------------------------------------------------------------------------------------ under advertisements


def under_advertisement(words: Words, key: str) -> tuple[Row, ...]:
    """The last buttons of every advertisement: "fewer of these" and "stop". `key` is the outbox row's; one that does not
    fit a button is left out, and then nobody knows which message it was."""
    return (
        (
            Button(words.plain("prefer-fewer"), _with_key("fewer", key)),
            Button(words.plain("prefer-stop"), _with_key("stop", key)),
        ),
    )


def stopped(words: Words, purpose: str) -> Screen:
    """What nobody asked for no longer comes. `purpose` is marketing or survey."""
    said = words("prefer-stopped", purpose=purpose)
    return Screen(said, buttons=((Button(words.plain("prefer-undo"), "unstop"), _settings(words)),))


def eased(words: Words) -> Screen:
    """From now on about half as much."""
    rows = (
        (Button(words.plain("prefer-undo"), "unfewer"), Button(words.plain("prefer-pause"), "set:often:pause")),
        (_settings(words),),
    )
    return Screen(words("prefer-eased"), buttons=rows)


def taken_back(words: Words) -> Screen:
    """All is as it was before "stop" or "fewer"."""
    return Screen(words("prefer-undone"), buttons=((_settings(words),),))


# ------------------------------------------------------------------------------------------------------------ consents


def processing(words: Words, text: str, url: str | None) -> Screen:
    """The text of processing personal data, to be agreed to outside a form. `text` is plain."""
    rows = [
        (Button(words.plain("consent-agree"), "set:processing:yes"),),
        *([(Button(words.plain("consent-read"), url=url),)] if url else []),
        back(words),
    ]
    return Screen(words("settings-processing-text", text=text), buttons=tuple(rows))


def purpose_text(words: Words, purpose: str, business: str) -> str:
    """What a person agrees to when they turn a purpose on: kept with their word. Plain text."""
    return words.plain(f"consent-{purpose}", business=business)  # keys: consent-marketing consent-survey


def back(words: Words) -> Row:
    """The way back to the overview, in place."""
    return (Button("‹ " + words.plain("settings-back"), "set"),)


def _settings(words: Words) -> Button:
    return Button(words.plain("prefer-settings"), "set")


def _zone_line(words: Words, chosen: Chosen, now: datetime) -> str:
    place = cities.city_of(chosen.zone.key, words.language)
    line = words("settings-zone", place=place, clock=_clock(words, chosen.zone, now))
    # keys: settings-zone-city settings-zone-phone settings-zone-business
    return line if chosen.known == "given" else f"{line} ({words(f'settings-zone-{chosen.known}')})"


def _quiet_line(words: Words, chosen: Chosen) -> str:
    return words("settings-quiet", hours=_hours(words, chosen.quiet), own="yes" if chosen.own_quiet else "no")


def _often_line(words: Words, chosen: Chosen, now: datetime) -> str:
    """How often what is on comes; where nothing is, that none of it does."""
    on = [purpose for purpose in PURPOSES if chosen.gets(purpose)]
    what = on[0] if len(on) == 1 else "all"
    if chosen.nothing:
        return words("settings-often", what=what, how=words.plain("settings-often-is-nothing"))
    if _is_paused(chosen, now) and chosen.paused_until is not None:
        day = words.day(chosen.paused_until.astimezone(chosen.zone).date(), today=now.astimezone(chosen.zone).date())
        return words("settings-often", what=what, how=words.plain("settings-often-is-paused", day=day))
    how = "settings-often-is-fewer" if chosen.fewer else "settings-often-is-usual"
    return words("settings-often", what=what, how=words.plain(how))


def _is_paused(chosen: Chosen, now: datetime) -> bool:
    return chosen.paused_until is not None and chosen.paused_until > now


def _hours(words: Words, hours: Span | None) -> str:
    """«21:00–09:00»; a word where there are none. Plain."""
    if hours is None or hours.start == hours.end:
        return words.plain("settings-quiet-none")
    return f"{words.clock(hours.start)}–{words.clock(hours.end)}"


def _written(hours: Span | None) -> str:
    return "" if hours is None else f"{hours.start:%H:%M}-{hours.end:%H:%M}"


def _with_key(verb: str, key: str) -> str:
    data = f"{verb}:{key}"
    return data if len(data.encode()) <= LONGEST_DATA else verb


def _chosen(label: str, on: bool, data: str) -> Button:
    return Button(f"✅ {label}" if on else label, data)


def _zone(words: Words, name: str, now: datetime) -> str:
    return f"{cities.city_of(name, words.language)}, {_clock(words, ZoneInfo(name), now)}"


def _clock(words: Words, zone: ZoneInfo, now: datetime) -> str:
    return words.clock(now.astimezone(zone).time())
