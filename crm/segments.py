"""The segment language: one for finding people, saved segments, surveys, exports, branches of forms.

`tag:vip -tag:cold source:ads_* requests>=2 last_survey>90d (language:uk or language:en) "free words"`

`parse` reads a text into a `Query` by a table of fields: `CONTACT_FIELDS`, a business's own by `contact_fields`, or a
form's answers. `evaluate` answers it in Python, storage/conditions.py in SQL (storage.search.find is a page of it), and
a test holds the two together. docs/segments.md is the manual.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo

from crm import folding
from crm.segment_fields import CONTACT_FIELDS, contact_fields, render_fields_table
from crm.segment_kinds import Field, FieldTable, Kind, Option
from crm.segment_matching import holds
from crm.segment_tree import REASONS, All, Node, Query, Saved, SegmentError

__all__ = [
    "CONTACT_FIELDS",
    "REASONS",
    "Field",
    "FieldTable",
    "Kind",
    "Option",
    "Query",
    "Saved",
    "SegmentError",
    "contact_fields",
    "evaluate",
    "parse",
    "quote",
    "render_fields_table",
]

_BRACKETS = '()|"«»“”„'
_NONE_SAVED: Mapping[str, Saved] = {}


def parse(
    text: str,
    fields: Iterable[Field] = CONTACT_FIELDS,
    *,
    lenient: bool = False,
    saved: Mapping[str, Saved] = _NONE_SAVED,
) -> Query:
    """Read a segment. An empty text means everybody.

    `saved` are the segments that `segment:name` may name, by folding.label of the name; what they say is read in the
    place of the name, and one that names itself, even through others, is refused.

    Raises `SegmentError` with the place, the reason and a suggestion. `lenient` never raises: it is for a line in
    which people look for somebody, so what cannot be read as a condition is looked for as words; the query then says
    in `mistake` what that was.
    """
    from crm import segment_grammar  # here, because lark takes a tenth of a second to load

    table = FieldTable.of(fields)
    if not lenient:
        return Query(text, segment_grammar.read(text, table, saved))
    text = folding.visible(text)[: segment_grammar.MAX_LENGTH]
    try:
        return Query(text, segment_grammar.read(text, table, saved))
    except SegmentError as mistake:
        return Query(text, _word_by_word(text, table, saved), mistake)


def evaluate(query: Query, values: Mapping[str, object], *, now: datetime, zone: tzinfo = UTC) -> bool:
    """Whether what is known of one contact, or answered in one form, is in the segment.

    `values` maps names of fields (`Field.source`) to raw values: of money minor units, of days YYYY-MM-DD, of `segment`
    the ids of lists; a list or set is several of them; None or absent is none. `now` is aware UTC; `zone` is where
    "today" and calendar months are counted.
    """
    return holds(query.node, values, now, zone)


def quote(value: str) -> str:
    """The value as it is written in a segment so that nothing in it is special."""
    escaped = folding.visible(value).replace('"', '""')
    return f'"{escaped}"'


def _word_by_word(text: str, table: FieldTable, saved: Mapping[str, Saved]) -> Node:
    """What is left of a text that as a whole cannot be read: each piece a condition if it is one, else words."""
    from crm import segment_grammar

    parts: list[Node] = []
    for piece in text.split()[: segment_grammar.MAX_CONDITIONS]:
        if piece.casefold() in segment_grammar.ALTERNATIVES:
            continue
        try:
            parts.append(segment_grammar.read(piece, table, saved))
        except SegmentError:
            for bare in re.split(f"[{re.escape(_BRACKETS)}]", piece):
                word = segment_grammar.free_word(bare, table)
                if word is not None and table.searched:
                    parts.append(word)
    return parts[0] if len(parts) == 1 else All(tuple(parts))
