"""Screens of an import: what each column is taken for, what is asked, what would happen, how far it is, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from locales import Words
from views import answered
from views.messages import Attachment, Button, Screen
from views.money import money
from views.staff_names import Reader, escaped, fitted, label

Row = tuple[Button, ...]
PAGE: Final = 6
"""Columns on one page."""
TARGETS_PAGE: Final = 18
FAULTS_SHOWN: Final = 10
BAR: Final = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """An import as it is shown. `corrects`: its file is the report of an earlier one; `cards`: it holds cards of
    people and no rows. `progress` is (done, of how many); `counts` as the import keeps them."""

    id: int
    name: str
    state: str
    kind: str = "contacts"
    program: str | None = None
    remembered: bool = False
    corrects: bool = False
    cards: bool = False
    counts: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    progress: tuple[int, int] = (0, 0)
    by: str | None = None
    at: datetime | None = None
    may_undo: bool = False
    has_report: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place, what it is called, what it is taken for (the owner's own fields by `title`), three of its
    values."""

    index: int
    heading: str
    target: str
    title: str | None = None
    sample: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a row of the file: in which column, with which value, and why."""

    row: int
    column: str | None
    value: str
    reason: str
    params: dict[str, Any] = field(default_factory=dict)


def reading(words: Words, one: Shown) -> Screen:
    """The file is being fetched and opened. Protected like all that follow: a message stays what it was sent as, whatever
    it is changed to."""
    return Screen(f"📥 {words('import-reading', file=one.name)}", (_stop(words, one),), protect=True)


def columns(words: Words, one: Shown, every: Sequence[Column], page: int) -> Screen:
    """What each column is taken for, a page at a time."""
    shown = every[page * PAGE : (page + 1) * PAGE]
    lines = [_title(words, one), words(f"import-columns{_of(one)}", rows=one.counts.get("rows", 0))]
    # keys: import-columns import-columns-of-cards import-columns-hint import-columns-hint-of-cards
    if one.corrects:
        lines.append(words("import-corrects"))
    elif one.remembered:
        lines.append(words("import-remembered"))
    elif one.program:
        lines.append(words("import-program", program=one.program))
    listed = [_column(words, column) for column in shown]
    numbers = tuple(Button(str(column.index + 1), f"impcol:{one.id}:{column.index}:0") for column in shown)
    pages: list[Button] = []
    if page:
        pages.append(Button(f"◀ {_range(words, page - 1, len(every))}", f"impmap:{one.id}:{page - 1}"))
    if (page + 1) * PAGE < len(every):
        pages.append(Button(f"{_range(words, page + 1, len(every))} ▶", f"impmap:{one.id}:{page + 1}"))
    rows: list[Row] = [numbers, *([tuple(pages)] if pages else [])]
    rows.append((Button(words.plain("import-next"), f"impopt:{one.id}"), *_stop(words, one)))
    text = "\n".join(lines) + "\n\n" + "\n\n".join(listed) + f"\n\n{words(f'import-columns-hint{_of(one)}')}"
    return Screen(text, tuple(rows), protect=True)


def targets(words: Words, one: Shown, column: Column, every: Sequence[tuple[str, str | None]], page: int) -> Screen:
    """What a column may be taken for: (target, the title of an own field), by its place in the whole list. The last,
    to leave the column out, is wanted the most and stands on every page."""

    def button(place: int) -> Button:
        name, title = every[place]
        mark = "• " if name == column.target else ""
        return Button(mark + label(target(words, name, title), most=28), f"impset:{one.id}:{column.index}:{place}")

    last = len(every) - 1
    buttons = [button(place) for place in range(page * TARGETS_PAGE, min((page + 1) * TARGETS_PAGE, last))]
    rows = [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
    rows.append((button(last),))
    pages: list[Button] = [Button(words.plain("import-back"), f"impmap:{one.id}:{column.index // PAGE}")]
    if page:
        pages.append(Button("◀", f"impcol:{one.id}:{column.index}:{page - 1}"))
    if (page + 1) * TARGETS_PAGE < last:
        pages.append(Button("▶", f"impcol:{one.id}:{column.index}:{page + 1}"))
    text = f"{words(f'import-ask-column{_of(one)}')}\n\n{_column(words, column)}"
    # keys: import-ask-column import-ask-column-of-cards
    return Screen(text, (*rows, tuple(pages)), protect=True)


def target(words: Words, name: str, title: str | None) -> str:
    """What a column is taken for, in words. Plain."""
    return title or words.plain(f"import-as-{name.replace('_', '-')}")
    # keys: import-as-name import-as-first-name import-as-last-name import-as-middle-name import-as-phone
    # keys: import-as-email import-as-birthday import-as-city import-as-organisation import-as-position import-as-sex
    # keys: import-as-tags import-as-note import-as-source import-as-created import-as-status import-as-owner
    # keys: import-as-language import-as-username import-as-telegram-id import-as-amount import-as-currency
    # keys: import-as-bought-at import-as-what import-as-order import-as-ignore


def options(words: Words, one: Shown) -> Screen:
    """What is asked of the whole file: source, consent, tags, and what to do with people who are there already."""
    chosen = one.options
    source = chosen.get("source")
    shown = source_name(words, source) if source else words.plain("import-not-said")
    agreed = chosen.get("agreed")
    consent = "import-agreed-ask" if agreed is None else "import-agreed-yes" if agreed else "import-agreed-no"
    proof = str(chosen.get("proof") or "") or words.plain("import-not-said")
    mode = str(chosen.get("mode", "fill"))
    tags = chosen.get("tags") or []
    lines = [
        _title(words, one),
        words("import-options"),
        words("import-source", source=answered.cut(shown, 64)),
        words(consent, proof=answered.cut(proof, 160)),
        words("import-tags", tags=answered.cut(", ".join(tags), 120) if tags else "—"),
        words(f"import-mode-{mode}"),
        # keys: import-agreed-ask import-agreed-yes import-agreed-no import-mode-fill import-mode-overwrite
        # keys: import-mode-skip
    ]
    rows: list[Row] = [
        (Button(words.plain("import-change-source"), f"impsrc:{one.id}"),),
        (
            Button(_marked(words.plain("import-yes"), agreed is True), f"impagr:{one.id}:yes"),
            Button(_marked(words.plain("import-no"), agreed is False), f"impagr:{one.id}:no"),
        ),
        (
            Button(words.plain("import-change-tags"), f"impask:{one.id}:tags"),
            Button(words.plain("import-change-mode"), f"impdup:{one.id}"),
        ),
        (Button(words.plain("import-check"), f"impgo:{one.id}"),),
        (Button(words.plain("import-back"), f"impmap:{one.id}:0"), *_stop(words, one)),
    ]
    return Screen("\n\n".join(lines), tuple(rows), protect=True)


def sources(words: Words, one: Shown, presets: Sequence[str]) -> Screen:
    """Where these people come from."""
    buttons = [Button(source_name(words, name), f"impsrc:{one.id}:{name}") for name in presets]
    rows = [tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2)]
    own = (Button(words.plain("import-own-source"), f"impask:{one.id}:source"),)
    return Screen(
        words("import-ask-source"),
        (*rows, own, (Button(words.plain("import-back"), f"impopt:{one.id}"),)),
        protect=True,
    )


def source_name(words: Words, source: str) -> str:
    """A source in words: a known one has its own. Plain."""
    return words.plain(f"import-source-{source}") if words.has(f"import-source-{source}") else source
    # keys: import-source-old-base import-source-phone-book import-source-event import-source-partner


def ask(words: Words, what: str) -> Screen:
    """What is to be typed: source, proof or tags."""
    return Screen(words(f"import-type-{what}"), ((Button(words.plain("button-cancel"), "drop:asked"),),))
    # keys: import-type-source import-type-proof import-type-tags


def checking(words: Words, one: Shown) -> Screen:
    """The dry run is under way."""
    text = f"{_title(words, one)}\n\n{words('import-checking')}\n{bar(words, one)}"
    return Screen(text, (_stop(words, one),), protect=True)


def ready(words: Words, one: Shown, wrong: Sequence[Wrong]) -> Screen:
    """What would happen; with the first rows that something is wrong with."""
    counts = one.counts
    lines = [_title(words, one), words("import-would"), *_outcomes(words, one), *_bought(words, counts)]
    if wrong:
        lines += ["", words(f"import-wrong{_of(one)}", count=counts.get("lost", 0) + counts.get("faulty", 0))]
        # keys: import-wrong import-wrong-of-cards
        lines += fitted([fault(words, one, each) for each in wrong[:FAULTS_SHOWN]], most=2000)
    rows: list[Row] = []
    if counts.get("entries"):
        rows.append((Button(words.plain(f"import-start{_of(one)}", count=counts["entries"]), f"imprun:{one.id}"),))
        # keys: import-start import-start-of-cards
    if wrong:
        rows.append((Button(words.plain("import-report"), f"imprep:{one.id}"),))
    rows.append((Button(words.plain("import-back"), f"impopt:{one.id}"), *_stop(words, one)))
    return Screen("\n".join(lines), tuple(rows), protect=True)


def fault(words: Words, one: Shown, wrong: Wrong) -> str:
    """One thing that is wrong, as a line of HTML."""
    where = words(f"import-row{_of(one)}", number=str(wrong.row))
    # keys: import-row import-row-of-cards
    if wrong.column:
        where = f"{where}, {escaped(answered.cut(wrong.column, 30))}"
    if wrong.value:
        where = f"{where} «{escaped(answered.cut(wrong.value, 40))}»"
    return f"• {where}: {escaped(reason(words, wrong.reason, wrong.params))}"


def reason(words: Words, key: str, params: dict[str, Any]) -> str:
    """Why a value was not taken. Plain."""
    return words.plain(f"fault-{key}", **params) if words.has(f"fault-{key}") else words.plain("fault-other")
    # keys: fault-other fault-currency-rate


def running(words: Words, one: Shown) -> Screen:
    """It is being written."""
    lines = [_title(words, one), "", words("import-running"), bar(words, one), *_counted(words, one)]
    return Screen("\n".join(lines), (_stop(words, one),), protect=True)


def undoing(words: Words, one: Shown) -> Screen:
    """It is being taken back. Whoever looks at another's import asks how far it is: that message is nobody's to renew."""
    again = (Button(words.plain("import-refresh"), f"impshow:{one.id}"),)
    return Screen(f"{_title(words, one)}\n\n{words('import-undoing')}\n{bar(words, one)}", (again,), protect=True)


def done(words: Words, one: Shown) -> Screen:
    """What came of it."""
    lines = [_title(words, one), f"✅ {words('import-done')}", *_outcomes(words, one)]
    if one.counts.get("lost") or one.counts.get("faulty"):
        lines.append(words("import-mend"))
    rows: list[Row] = []
    if one.has_report and (one.counts.get("lost") or one.counts.get("faulty")):
        rows.append((Button(words.plain("import-report"), f"imprep:{one.id}"),))
    if one.may_undo:
        rows.append((Button(words.plain("import-undo"), f"impundo:{one.id}"),))
    return Screen("\n".join(lines), tuple(rows), protect=True)


def sure(words: Words, one: Shown) -> Screen:
    """Whether it is really to be taken back."""
    touched = one.counts.get("new", 0) + one.counts.get("changed", 0)
    rows = (
        (Button(words.plain("import-undo-yes"), f"impundo:{one.id}:yes"),),
        (Button(words.plain("import-back"), f"impshow:{one.id}"),),
    )
    return Screen(f"{_title(words, one)}\n\n{words('import-undo-sure', count=touched)}", rows, protect=True)


def ended(words: Words, one: Shown) -> Screen:
    """It was cancelled, taken back, or could not be gone on with."""
    mark = "⚠️" if one.state == "failed" else "↩️"
    lines = [_title(words, one), f"{mark} {words(f'import-{one.state}')}"]
    # keys: import-cancelled import-undone import-failed
    if one.state == "failed":
        lines.append(refusal(words, one.counts))
    if stayed := one.counts.get("stayed", 0) + one.counts.get("kept", 0):
        lines.append(words("import-stayed", count=stayed))
    return Screen("\n".join(lines), protect=True)


def refusal(words: Words, counts: dict[str, Any]) -> str:
    """Why a file was not read, and what to do. HTML."""
    key = f"file-{counts.get('reason')}"
    return words(key, **counts.get("params", {})) if words.has(key) else words("file-unknown")
    # keys: file-unknown file-nobody file-too-much


def listed(reader: Reader, every: Sequence[Shown]) -> Screen:
    """The newest imports."""
    words = reader.words
    if not every:
        return Screen(words("imports-none"))
    lines = [f"<b>{words('imports')}</b>"]
    for one in every:
        when = words.moment(one.at, reader.zone, now=reader.now) if one.at else ""
        by = f" · {escaped(answered.cut(one.by, 40))}" if one.by else ""
        lines.append(f"№ {one.id} <b>{escaped(answered.cut(one.name, 60))}</b>\n{when}{by} · {_state(words, one)}")
    buttons = [Button(f"№ {one.id}", f"impshow:{one.id}") for one in every]
    rows = [tuple(buttons[start : start + 4]) for start in range(0, len(buttons), 4)]
    return Screen("\n\n".join(lines), tuple(rows), protect=True)


def report(words: Words, one: Shown, path: str, name: str) -> Screen:
    """The rows that something is wrong with, to be corrected and sent again."""
    text = words("import-report-text", count=one.counts.get("lost", 0) + one.counts.get("faulty", 0))
    return Screen(text, attachment=Attachment("document", path=path, name=name), protect=True)


def bar(words: Words, one: Shown) -> str:
    """How far it is, as a line of HTML."""
    at, of = one.progress
    share = min(at / of, 1.0) if of else 0.0
    full = round(share * BAR)
    return f"<code>{'▓' * full}{'░' * (BAR - full)}</code> {round(share * 100)} % · {words.number(at)} / {words.number(of)}"


def _of(one: Shown) -> str:
    """The end of the words' key: a file of contacts has people and fields, a table rows and columns."""
    return "-of-cards" if one.cards else ""


def _outcomes(words: Words, one: Shown) -> list[str]:
    return _counted(words, one) or [f"➕ {words('import-new', count=0)}"]


def _counted(words: Words, one: Shown) -> list[str]:
    lines, counts = [], one.counts
    for mark, name in (
        ("➕", "new"),
        ("✏️", "changed"),
        ("＝", "unchanged"),
        ("👥", "twins"),
        ("💳", "sales"),
        ("⏳", "held"),
        ("⚠️", f"faulty{_of(one)}"),
        ("❌", f"lost{_of(one)}"),
    ):
        if count := counts.get(name.removesuffix("-of-cards")):
            lines.append(f"{mark} {words(f'import-{name}', count=count)}")
            # keys: import-new import-changed import-unchanged import-twins import-sales import-held import-faulty
            # keys: import-lost import-faulty-of-cards import-lost-of-cards
    return lines


def _bought(words: Words, counts: dict[str, Any]) -> list[str]:
    """The purchases in the file, before they are brought."""
    bought = counts.get("bought")
    if not bought:
        return []
    sums = words.listed(money(minor, code, words.language) for code, minor in list(bought["sums"].items())[:6])
    people = words.plain("import-buyers", count=bought["buyers"])
    lines = [f"💳 {words('import-bought', count=bought['purchases'], people=people, sums=sums)}"]
    known = min(counts.get("sold", 0), bought["purchases"])  # an order may stand in more rows than one
    return [*lines, f"♻️ {words('import-sold', count=known)}"] if known else lines


def _state(words: Words, one: Shown) -> str:
    if one.state == "done":
        return words("import-list-done", new=one.counts.get("new", 0), changed=one.counts.get("changed", 0))
    return words(f"import-state-{one.state}")
    # keys: import-state-mapping import-state-checking import-state-ready import-state-running import-state-undoing
    # keys: import-state-cancelled import-state-undone import-state-failed


def _range(words: Words, page: int, of: int) -> str:
    """The columns of a page, for its button. Plain."""
    first, last = page * PAGE + 1, min((page + 1) * PAGE, of)
    return words.plain("import-columns-more", range=str(first) if first == last else f"{first}–{last}")


def _title(words: Words, one: Shown) -> str:
    return f"📥 <b>{escaped(answered.cut(one.name, 80))}</b>"


def _column(words: Words, column: Column) -> str:
    heading = answered.cut(column.heading, 40) or "—"
    taken = target(words, column.target, column.title)
    mark = "▫️" if column.target == "ignore" else "▪️"
    sample = " · ".join(answered.cut(value, 28) for value in column.sample)
    line = f"{mark} {column.index + 1}. <b>{escaped(heading)}</b> → {escaped(taken)}"
    return f"{line}\n<i>{escaped(sample)}</i>" if sample else line


def _stop(words: Words, one: Shown) -> Row:
    return (Button(words.plain("import-stop"), f"impstop:{one.id}"),)


def _marked(text: str, is_chosen: bool) -> str:
    return f"✓ {text}" if is_chosen else text
