"""RFM and ABC as the team reads them: groups and classes with counts and money, one person's scores, a month's moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from crm.rfm import Habit, Scores
from locales import Words
from views.messages import Button, Screen
from views.money import money
from views.staff_names import Reader, Who, heading

Row = tuple[Button, ...]
MOVES_SHOWN: Final = 12
PERIODS: Final = ("all", "year", "quarter")


@dataclass(frozen=True, slots=True)
class Share:
    """Some contacts and what they brought; `value` None where the reader may not see money."""

    name: str
    contacts: int
    value: int | None


def groups(reader: Reader, shares: Sequence[Share], *, period: str, currency: str) -> Screen:
    """The groups of RFM. Those of all time are segments: each has its button."""
    words = reader.words
    lines = [words("rfm-title", period=words.plain(f"rfm-period-{period}"))]
    # keys: rfm-period-all rfm-period-year rfm-period-quarter
    if not shares:
        lines.append(words("rfm-empty"))
        return Screen("\n\n".join(lines), (_periods(words, period),), protect=True)
    buyers = sum(one.contacts for one in shares)
    lines.append(_total(words, buyers, [one.value for one in shares], currency))
    lines.append("\n".join(_line(words, group_name(words, one.name), one, buyers, currency) for one in shares))
    rows: list[Row] = []
    if period == "all":
        lines.append(words("rfm-press"))
        buttons = [Button(words.plain(f"rfm-group-{one.name}"), f"rfmg:{one.name}") for one in shares]
        rows += [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    rows.append(_periods(words, period))
    rows.append(
        (
            Button(words.plain("rfm-button-picture"), f"rfmpic:{period}"),
            Button(words.plain("rfm-button-moves"), "rfmm:0"),
        )
    )
    return Screen("\n\n".join(lines), tuple(rows), protect=True)


def classes(reader: Reader, shares: Sequence[Share], *, limits: tuple[float, float], currency: str) -> Screen:
    """The classes of ABC."""
    words = reader.words
    lines = [words("abc-title"), words("abc-rule", a=words.number(limits[0]), b=words.number(limits[1]))]
    if not shares:
        return Screen("\n\n".join([lines[0], words("rfm-empty")]), protect=True)
    buyers = sum(one.contacts for one in shares)
    lines.append(_total(words, buyers, [one.value for one in shares], currency))
    lines.append("\n".join(_line(words, f"<b>{one.name}</b>", one, buyers, currency) for one in shares))
    return Screen("\n\n".join(lines), (tuple(Button(one.name, f"abcc:{one.name}") for one in shares),), protect=True)


def moves(
    reader: Reader,
    month: date,
    *,
    back: int,
    stayed: int,
    moved: Mapping[tuple[str, str], int],
    new: Mapping[str, int],
) -> Screen:
    """What became of the groups in one month, the largest moves first."""
    words = reader.words
    lines = [words("rfm-moves-title", month=words.month(month))]
    if not stayed and not moved and not new:
        lines.append(words("rfm-moves-none"))
    else:
        lines.append(words("rfm-moves-sums", stayed=stayed, moved=sum(moved.values()), new=sum(new.values())))
        largest = sorted(moved.items(), key=lambda one: -one[1])[:MOVES_SHOWN]
        shown = [f"{group_name(words, was)} → {group_name(words, now_in)}: {count}" for (was, now_in), count in largest]
        if shown:
            lines.append("\n".join(shown))
    turn = [Button("◀", f"rfmm:{back + 1}")]
    if back:
        turn.append(Button("▶", f"rfmm:{back - 1}"))
    return Screen(
        "\n\n".join(lines), (tuple(turn), (Button(words.plain("rfm-button-groups"), "rfmp:all"),)), protect=True
    )


def person(reader: Reader, who: Who, scores: Scores | None, habit: Habit | None, *, currency: str) -> Screen:
    """One buyer: the three scores in words, the group, how they buy."""
    words = reader.words
    lines = [heading(words, who)]
    if scores is None or habit is None:
        return Screen("\n\n".join([*lines, words("rfm-person-none")]), protect=True)
    lines.append(
        words("rfm-person-scores", recency=scores.recency, frequency=scores.frequency, money=scores.money)
        + "\n"
        + words("rfm-person-group", group=words.plain(f"rfm-group-{scores.group}"))
    )
    if habit.repeats:
        lines.append(
            words(
                "rfm-person-habit",
                days=round(habit.span_days / habit.repeats),
                money=money(round(habit.mean_money), currency, words.language),
            )
        )
    lines.append(words(f"rfm-advice-{scores.group}"))
    # keys: rfm-advice-champions rfm-advice-loyal rfm-advice-potential_loyal rfm-advice-new rfm-advice-promising
    # keys: rfm-advice-need_attention rfm-advice-about_to_sleep rfm-advice-at_risk rfm-advice-cannot_lose
    # keys: rfm-advice-hibernating rfm-advice-lost
    return Screen("\n\n".join(lines), protect=True)


def group_name(words: Words, group: str) -> str:
    """The group with its sign."""
    return words(f"rfm-group-{group}")
    # keys: rfm-group-champions rfm-group-loyal rfm-group-potential_loyal rfm-group-new rfm-group-promising
    # keys: rfm-group-need_attention rfm-group-about_to_sleep rfm-group-at_risk rfm-group-cannot_lose
    # keys: rfm-group-hibernating rfm-group-lost


def _periods(words: Words, chosen: str) -> Row:
    return tuple(
        Button(words.plain(f"rfm-period-{period}"), f"rfmp:{period}") for period in PERIODS if period != chosen
    )


def _total(words: Words, buyers: int, values: Sequence[int | None], currency: str) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return words("rfm-buyers", count=buyers)
    return words("rfm-buyers-money", count=buyers, money=money(sum(known), currency, words.language))


def _line(words: Words, name: str, share: Share, buyers: int, currency: str) -> str:
    line = f"{name}: {words.number(share.contacts)} ({words.number(round(100 * share.contacts / buyers))} %)"
    return line if share.value is None else f"{line} · {money(share.value, currency, words.language)}"
