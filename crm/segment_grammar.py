"""The grammar of the segment language and the building of the tree from it. Imported only when something is read,
because lark takes a tenth of a second to load.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NoReturn

from lark import Lark, Token, Tree, UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark.exceptions import VisitError
from lark.visitors import Transformer_NonRecursive, v_args

from crm import folding, segment_moments, segment_values
from crm.segment_kinds import Field, FieldTable, Kind
from crm.segment_tree import All, AnyOf, Listed, Node, Not, Saved, SegmentError, Word
from crm.segment_values import Unreadable, Written

MAX_LENGTH = 1000
MAX_DEPTH = 16
MAX_CONDITIONS = 100
"""As many as anybody writes."""
MAX_EXPANDED = 300
"""As many with those of the saved segments that are named: SQLite refuses an expression of more than a thousand parts."""
ALTERNATIVES = frozenset({"or", "или", "або"})

GRAMMAR = r"""
start: either
either: both (_OR both)*
both: _item (_AND? _item)*
_item: negated | _PLUS _item | _term
negated: (MINUS | NOT) _item
_term: group | condition | shorthand | phrase | word
group: LPAR either RPAR
condition: FIELD_AND_SIGN values
shorthand: SIGIL values
values: value (_COMMA value)*
value: VALUE | QUOTED
phrase: QUOTED
word: PHONE | WORD

LPAR: "("
RPAR: ")"
_COMMA.9: ","
// Alone, or before a bracket, a bar or a quote: "orange" and "або-то" are words.
_OR.9: /\||(?:or|или|або)(?![^\s()|"«“„])/i
// Words of joining and of denial only before what is surely a condition: "мать и дитя" and "не звонить" are free words.
_AND.9: /(?:and|и|й|і|та)(?=\s+(?:(?:not|не)\s+)?<CONDITION>)/i
NOT.9: /(?:not|не)(?=\s+<CONDITION>)/i
// A phone in groups is one word: with a plus, or long enough without one.
PHONE.8: /(?:\+[0-9](?:[ .\-]{0,3}(?:\([0-9]{1,5}\)|[0-9])){3,14}|(?:\([0-9]{1,5}\)|[0-9])(?:[ .\-]{0,3}(?:\([0-9]{1,5}\)|[0-9])){6,14})(?![\w.+\-])/
FIELD_AND_SIGN.7: /<FIELD>/
MINUS.6: /-(?=\S)/
_PLUS.6: /\+(?=[^\s0-9])/
SIGIL.5: /[#@](?=[^\s(),|])/
QUOTED.4: /"(?:[^"]|"")*"|«[^»]*»|[“„][^“”]*[“”]/
VALUE.3: /[0-9]{1,6}\s+(?:<UNITS>)\b\.?|[^\s(),|"«“„]+/
WORD.2: /[^\s()|"«“„]+/
%ignore /\s+/
"""

_FIELD = r"[^\W\d][\w'’ʼ\-]*(?:\.[\w\-]+)*\s*(?:>=|<=|!=|[:<>=~])"
_SIGN = re.compile(r"\s*(>=|<=|!=|[:<>=~])$")
_FIELD_AND_SIGN = re.compile(r"([^\W\d][\w'’ʼ\-]*(?:\.[\w\-]+)*)\s*(?:>=|<=|!=|[:<>=~])$")
# Of one letter a unit stands at its number: "tag:1 д" is a tag and a word.
_UNITS = "|".join(sorted((unit for unit in segment_moments.UNITS if len(unit) > 1), key=len, reverse=True))
_PIECES = {"<CONDITION>": rf"[+\-]?(?:[(#@]|{_FIELD})", "<FIELD>": _FIELD, "<UNITS>": _UNITS}
_COMMA = re.compile(r"[^\s,]*\s*,$")
_OR_AT_END = re.compile(r"(?<![^\s()|\"»”])(?:or|или|або)$|\|$", re.IGNORECASE)
_OPENING_QUOTES = {'"': '"', "«": "»", "“": "”", "„": "”"}
_PHONE_LIKE = re.compile(r"[+\d][\d\s().\-]*|\([\d\s().\-]+")


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = GRAMMAR
    for name, pattern in _PIECES.items():
        grammar = grammar.replace(name, pattern)
    return Lark(grammar, parser="lalr", lexer="contextual", maybe_placeholders=False)


def read(text: str, fields: FieldTable, saved: Mapping[str, Saved], within: tuple[str, ...] = ()) -> Node:
    """The tree of a text. `saved` are the segments it may name, by folding.label of the name; `within` are those whose
    text this is. Raises `SegmentError`."""
    if len(text) > MAX_LENGTH:
        raise SegmentError(text, MAX_LENGTH, len(text) - MAX_LENGTH, "too-long", "")
    if not text.strip():
        return All(())
    try:
        tree = _parser().parse(text)
    except UnexpectedInput as unexpected:
        raise _syntax_error(text, unexpected) from None
    try:
        return _Builder(text, fields, saved, within).transform(tree)
    except VisitError as wrapped:
        if isinstance(wrapped.orig_exc, SegmentError):
            raise wrapped.orig_exc from None
        raise


def free_word(text: str, fields: FieldTable, *, phrase: bool = False) -> Word | None:
    """A free word as it will be looked for; None when there is nothing in it to look for."""
    words = tuple(folding.words(text))
    if not words:
        return None
    digits = folding.digits(text) if _PHONE_LIKE.fullmatch(text.strip()) else ""
    if not text.lstrip().startswith("+"):
        digits = segment_values.phone_tail(digits)
    return Word(
        text=text,
        words=(folding.fold(text),) if phrase else words,
        handle=segment_values.handle(text),
        digits=digits if len(digits) >= 3 else "",
        fields=fields.searched,
    )


@v_args(inline=True)
class _Builder(Transformer_NonRecursive[Token, Node]):
    """Builds from the leaves up, without recursion: the depth of a hostile text is bounded before anyone walks it."""

    def __init__(self, text: str, fields: FieldTable, saved: Mapping[str, Saved], within: tuple[str, ...]) -> None:
        super().__init__()
        self.text = text
        self.fields = fields
        self.saved = saved
        self.within = within
        self.conditions = 0
        self.expanded = 0

    def start(self, node: Node) -> Node:
        return node

    def either(self, *parts: Node) -> Node:
        return parts[0] if len(parts) == 1 else AnyOf(_flat(parts, AnyOf))

    def both(self, *parts: Node) -> Node:
        return parts[0] if len(parts) == 1 else All(_flat(parts, All))

    def negated(self, minus: Token, part: Node) -> Node:
        return self._shallow(part.part if isinstance(part, Not) else Not(part), minus)

    def group(self, bracket: Token, part: Node, _closed: Token) -> Node:
        return self._shallow(part, bracket)

    def condition(self, field_and_sign: Token, values: "Tree[Token]") -> Node:
        match = _SIGN.search(field_and_sign)
        assert match is not None
        called, sign = field_and_sign[: match.start()], match.group(1)
        field = self.fields.find(called)
        if field is None:
            self._fail(field_and_sign, _tokens(values)[-1], "unknown-field", self._instead_of(called, sign, values))
        return self._on_field(field, sign, field_and_sign, values)

    def shorthand(self, sigil: Token, values: "Tree[Token]") -> Node:
        field = self.fields.with_sigil(sigil)
        if field is None:
            self._fail(sigil, _tokens(values)[-1], "unknown-field", self._example())
        return self._on_field(field, ":", sigil, values)

    def phrase(self, quoted: Token) -> Node:
        return self._free(quoted, _unquoted(quoted), phrase=True)

    def word(self, word: Token) -> Node:
        # The lexer knows OR only where one may stand.
        if word.casefold() in ALTERNATIVES:
            self._fail(word, word, "dangling-or", "")
        return self._free(word, str(word), phrase=False)

    def value(self, value: Token) -> Token:
        return value

    def _on_field(self, field: Field, sign: str, start: Token, values: "Tree[Token]") -> Node:
        tokens = _tokens(values)
        if len(tokens) > 1 and sign not in (":", "=", "!="):
            decimal = field.kind is Kind.NUMBER and len(tokens) == 2
            value = ".".join(tokens) if decimal else tokens[0]
            self._fail(start, tokens[-1], "one-value", f"{field.name}{sign}{value}")
        leaf = self._named if field.kind is Kind.SEGMENT and sign in (":", "=", "!=") else self._leaf
        leaves = tuple(leaf(field, ":" if sign == "!=" else sign, start, token) for token in tokens)
        node = leaves[0] if len(leaves) == 1 else AnyOf(leaves)
        return Not(node) if sign == "!=" else node

    def _leaf(self, field: Field, sign: str, start: Token, token: Token) -> Node:
        self._count(token)
        quoted = token.type == "QUOTED"
        try:
            return segment_values.condition(Written(field, sign, _unquoted(token) if quoted else str(token), quoted))
        except Unreadable as unreadable:
            if unreadable.sign is None:
                self._fail(token, token, unreadable.reason, unreadable.suggestion)
            self._fail(start, token, unreadable.reason, f"{field.name}{unreadable.sign}{token}")

    def _named(self, field: Field, _sign: str, _start: Token, token: Token) -> Node:
        """What a saved segment says, in the place of its name."""
        self._count(token)
        name = folding.label(_unquoted(token) if token.type == "QUOTED" else str(token))
        found = self.saved.get(name)
        if found is None:
            near = segment_values.nearest(name, self.saved)
            self._fail(token, token, "unknown-segment", None if near is None else _quoted(near))
        if name in self.within:
            self._fail(token, token, "segment-cycle", "")
        if found.query is None:
            return Listed(field, found.id)
        try:
            node = read(found.query, self.fields, self.saved, (*self.within, name))
        except SegmentError as mistake:
            passed_on = mistake.reason in ("segment-cycle", "too-long", "too-deep")
            self._fail(token, token, mistake.reason if passed_on else "broken-segment")
        self.expanded += _size(node)
        if self.expanded > MAX_EXPANDED:
            self._fail(token, token, "too-long")
        return self._shallow(node, token)

    def _free(self, token: Token, text: str, *, phrase: bool) -> Node:
        self._count(token)
        if not self.fields.searched:
            self._fail(token, token, "free-words", self._example(text))
        word = free_word(text, self.fields, phrase=phrase)
        if word is None:
            self._fail(token, token, "nothing-to-find", "")
        return word

    def _count(self, token: Token) -> None:
        self.conditions += 1
        if self.conditions > MAX_CONDITIONS:
            self._fail(token, token, "too-long")

    def _shallow(self, node: Node, token: Token) -> Node:
        if _depth(node) > MAX_DEPTH:
            self._fail(token, token, "too-deep")
        return node

    def _instead_of(self, called: str, sign: str, values: "Tree[Token]") -> str | None:
        value = ",".join(_tokens(values))
        if near := segment_values.nearest(called, self.fields.names):
            return f"{near}{sign}{value}"
        if not self.fields.searched:
            return self._example()
        # http://x is no condition: in quotes it is looked for as it is.
        quoted = f"{called}{sign}{value}".replace('"', '""')
        return f'"{quoted}"'

    def _example(self, text: str = "") -> str | None:
        key = folding.label(text)
        for field in self.fields:
            if any(folding.label(called) == key for option in field.options for called in (option.id, *option.aliases)):
                return f"{field.name}:{text}"
        return next((field.example or f"{field.name}:*" for field in self.fields), None)

    def _fail(self, first: Token, last: Token, reason: str, suggestion: str | None = None) -> NoReturn:
        start, end = first.start_pos or 0, last.end_pos or len(self.text)
        raise SegmentError(self.text, start, end - start, reason, suggestion)


def _tokens(values: "Tree[Token]") -> list[Token]:
    return [child for child in values.children if isinstance(child, Token)]


def _flat(parts: Sequence[Node], kind: type[All] | type[AnyOf]) -> tuple[Node, ...]:
    flat: list[Node] = []
    for part in parts:
        if isinstance(part, kind):
            flat.extend(part.parts)
        else:
            flat.append(part)
    return tuple(flat)


def _depth(node: Node) -> int:
    if isinstance(node, All | AnyOf):
        return 1 + max(map(_depth, node.parts), default=0)
    return 1 + _depth(node.part) if isinstance(node, Not) else 0


def _size(node: Node) -> int:
    if isinstance(node, All | AnyOf):
        return sum(map(_size, node.parts))
    return _size(node.part) if isinstance(node, Not) else 1


def _quoted(name: str) -> str:
    return name if re.fullmatch(r"[\w\-]+", name) else '"' + name.replace('"', '""') + '"'


def _unquoted(quoted: str) -> str:
    return quoted[1:-1].replace('""', '"') if quoted[0] == '"' else quoted[1:-1]


def _syntax_error(text: str, unexpected: UnexpectedInput) -> SegmentError:
    """What the place where reading stopped says about the mistake."""
    position = unexpected.pos_in_stream if isinstance(unexpected, UnexpectedCharacters) else None
    if isinstance(unexpected, UnexpectedToken) and unexpected.token.type != "$END":
        position = unexpected.token.start_pos
    if position is None:
        position = len(text)
    here, before = text[position : position + 1], text[:position].rstrip()

    def error(start: int, end: int, reason: str, suggestion: str | None) -> SegmentError:
        return SegmentError(text, start, end - start, reason, suggestion)

    if here and here in _OPENING_QUOTES:
        rest = text[position:].rstrip()
        return error(position, len(text), "unclosed-quote", rest + _OPENING_QUOTES[here] if len(rest) > 1 else "")
    if sign := _FIELD_AND_SIGN.search(before):
        return error(sign.start(), len(before), "no-value", f"{sign.group(1)}:*")
    if listed := _COMMA.search(before):
        return error(listed.start(), len(before), "no-value", before[listed.start() :].rstrip(", "))
    if alternative := _OR_AT_END.search(before):
        return error(alternative.start(), len(before), "dangling-or", "")
    if here == "|":
        return error(position, position + 1, "dangling-or", "")
    if here == ")":
        empty = before.endswith("(")
        start = len(before) - 1 if empty else position
        return error(start, position + 1, "empty-bracket" if empty else "extra-bracket", "")
    if not here and "(" in before:
        start = before.rindex("(")
        rest = before[start:]
        return error(start, len(text), "unclosed-bracket", f"{rest})" if len(rest) > 1 else "")
    return error(position, position + max(len(here), 1), "nothing-to-find", "")
