"""From the text of playbook.toml to a playbook, or to every mistake in it, each with its line and a suggestion.

Pure: the text is an argument. Accepted texts are kept by their hash and read again with this.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from crm import playbook as playbooks
from crm import playbook_checks
from crm.check_parts import Mistake, Path, nearest, similar
from crm.playbook import LANGUAGES, Playbook, StepType
from crm.playbook_lines import Lines
from crm.playbook_types import TEXT_LIMIT, Text

LONGEST: Final = 1_000_000
"""Characters of a playbook; a real one has some thousands."""

_ROUNDS: Final = 8
"""How often a file is mended and read again: a table left out may leave its list empty, and so on upwards."""

_LATER: Final = {"scenario": "scenarios are not accepted yet: repeat contacts come in a later version"}
_SHAPES: Final = {
    "id": "an id is up to 24 of a-z, 0-9, _ and -",
    "pipeline": "an id is up to 24 of a-z, 0-9, _ and -",
    "field": "a field's name is up to 24 of a-z, 0-9 and _, and begins with a letter",
    "phone_regions": "a country is two capital letters",
    "tags": "a tag is one word of up to 32 characters, without , : # quotes and brackets",
    "code": "a code is one word of 2 to 32 characters, without , : # quotes and brackets",
    "privacy_url": "a link begins with https://",
    "time": "a time is written as 10:00",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake with its place: the file, the line (from 1; 0 when there is no such place) and the key."""

    file: str
    line: int
    where: str
    message: str
    suggestion: str | None = None

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        key = f"{self.where}: " if self.where else ""
        return place + key + self.message + (f" ({self.suggestion})" if self.suggestion else "")


class PlaybookErrors(Exception):
    """A playbook cannot be used; `problems` are all the reasons, in the order of the file."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def digest(text: str) -> str:
    """The name of a version of a playbook: SHA-256 of its text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str, file: str = "playbook.toml") -> Playbook:
    """The playbook of a text. Raises PlaybookErrors with every mistake at once (once it is TOML at all)."""
    if len(text) > LONGEST:
        raise PlaybookErrors([Problem(file, 0, "", f"the file is larger than {LONGEST:,} characters")])
    # Editors on Windows begin a file with an invisible mark.
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        data = tomllib.loads(plain)
    except tomllib.TOMLDecodeError as error:
        raise PlaybookErrors([_syntax(error, plain, file)]) from None
    except RecursionError:
        raise PlaybookErrors([Problem(file, 0, "", "there are too many brackets within brackets")]) from None
    accepted, found = _read(data)
    if found or accepted is None:
        lines = Lines(plain)
        problems = {
            Problem(file, lines.of(one.path), _where(one.path, data), one.message, one.suggestion): None
            for one in found
        }
        raise PlaybookErrors(sorted(problems, key=lambda problem: problem.line))
    return accepted.with_hash(digest(text))


def _read(data: dict[str, Any]) -> tuple[Playbook | None, list[Mistake]]:
    """The playbook and its mistakes; those between the parts are looked for in what is left without the wrong ones."""
    languages = _languages(data)
    origins = dict(_tables(data, ()))
    pruned = _copied(data, origins)
    found: list[Mistake] = []
    broken_forms: set[Path] = set()
    for _ in range(_ROUNDS):
        try:
            accepted = playbooks.validated(pruned, languages)
            break
        except ValidationError as error:
            # A list whose items are all wrong is called too short as well: only an empty one is.
            details = [one for one in error.errors(include_url=False) if one["type"] != "too_short" or not one["input"]]
            for detail in details:
                path = _origin(tuple(detail["loc"]), pruned, origins)
                found.append(_shape(path, detail, languages))
                broken_forms.add(path[:2])
            if not _prune(pruned, [(tuple(detail["loc"]), detail["type"]) for detail in details], languages):
                return None, found
    else:
        return None, found
    told = [mistake.path for mistake in found]
    for mistake in playbook_checks.mistakes(accepted):
        path = _origin(mistake.path, pruned, origins)
        # A branch may ask about a step that was left out, a table may lack a key that was: that is told already.
        branch_of_broken = path[0] == "form" and path[-1] == "when" and path[:2] in broken_forms
        if not branch_of_broken and not any(one[: len(path)] == path for one in told):
            found.append(replace(mistake, path=path))
    return accepted, found


def _languages(data: Mapping[str, Any]) -> tuple[str, ...]:
    """The languages the texts must have, as far as they can be told before anything is checked."""
    business = data.get("business")
    told = business.get("languages") if isinstance(business, dict) else None
    known = tuple(language for language in told if language in LANGUAGES) if isinstance(told, list) else ()
    return tuple(dict.fromkeys(known)) or LANGUAGES


def _tables(data: Any, path: Path) -> Iterator[tuple[int, Path]]:
    if isinstance(data, dict):
        yield id(data), path
        for key, value in data.items():
            yield from _tables(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _tables(value, (*path, index))


def _copied(data: Any, origins: dict[int, Path]) -> Any:
    """A deep copy to cut mistakes out of; each copied table remembers where the original stood."""
    if isinstance(data, dict):
        copy = {key: _copied(value, origins) for key, value in data.items()}
        origins[id(copy)] = origins[id(data)]
        return copy
    return [_copied(value, origins) for value in data] if isinstance(data, list) else data


def _origin(path: Path, pruned: Any, origins: Mapping[int, Path]) -> Path:
    """Where a key of the cut copy stands in the file."""
    here, rest = pruned, list(path)
    origin: Path = origins[id(pruned)]
    for depth, key in enumerate(path):
        try:
            here = here[key]
        except (KeyError, IndexError, TypeError):
            break
        if id(here) in origins and isinstance(here, dict):
            origin, rest = origins[id(here)], list(path[depth + 1 :])
    return (*origin, *rest)


def _prune(data: dict[str, Any], wrong: list[tuple[Path, str]], languages: tuple[str, ...]) -> bool:
    """Mend what is wrong, or leave it out with the table that needs it. False: nothing is left."""
    doomed: list[tuple[list[Any], Any]] = []
    for path, kind in wrong:
        holder, key = _at(data, path[:-1]), path[-1]
        mended = _mended(path, holder, languages)
        if mended is not None:
            holder[key] = mended
        elif isinstance(holder, dict) and kind != "missing" and not _is_required(path):
            holder.pop(key, None)
        else:
            depth = next((depth for depth in range(len(path), 0, -1) if isinstance(path[depth - 1], int)), 0)
            around = _at(data, path[: depth - 1]) if depth else None
            if isinstance(around, list):
                doomed.append((around, _at(data, path[:depth])))
            elif path[0] == "business":
                data["business"] = {"name": "…"}
            else:
                return False
    for around, item in doomed:
        around[:] = [value for value in around if value is not item]
    return True


def _mended(path: Path, holder: Any, languages: tuple[str, ...]) -> Any:
    """A value in the place of a wrong one, so that what is around it can be checked; None when there is none."""
    if not isinstance(holder, dict):
        return None
    given, field = holder.get(path[-1]), _field(path)
    if field is not None and _is_text(field.annotation):
        told = given if isinstance(given, dict) else {}
        known = {
            language: said
            for language, said in told.items()
            if isinstance(said, str) and 0 < len(said.strip()) <= TEXT_LIMIT
        }
        return {language: known.get(language, "…") for language in languages}
    if path[-1] == "id":
        return f"unnamed{abs(hash(path)) % 10**9}"
    if path[-1] == "type" and isinstance(given, str):
        return similar(given, get_args(StepType))
    return None


def _field(path: Path) -> FieldInfo | None:
    model = _model(path[:-1])
    fields = model.model_fields.items() if model is not None else ()
    return next((one for name, one in fields if path[-1] == (one.alias or name)), None)


def _is_required(path: Path) -> bool:
    """Whether a table cannot be without this key. What is no key of a known table can be left out."""
    field = _field(path)
    return field.is_required() if field is not None else _model(path[:-1]) is None


def _is_text(annotation: Any) -> bool:
    return annotation is Text or Text in get_args(annotation)


def _at(data: Any, path: Path) -> Any:
    for key in path:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _model(path: Path) -> type[BaseModel] | None:
    """The type of the table at a path."""
    keys = tuple(key for key in path if isinstance(key, str))
    if not keys:
        return Playbook
    field = _field(keys)
    return _inner(field.annotation) if field is not None else None


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _inner(part)) is not None), None)


def _keys(path: Path) -> list[str]:
    model = _model(path)
    return [one.alias or name for name, one in model.model_fields.items()] if model is not None else []


def _shape(path: Path, detail: Mapping[str, Any], languages: tuple[str, ...]) -> Mistake:
    """One of pydantic's errors in the words of the file."""
    kind, context, given = detail["type"], detail.get("ctx", {}), detail.get("input")
    name = next((str(key) for key in reversed(path) if isinstance(key, str)), "")
    if kind == "extra_forbidden":
        if path[-1] in _LATER and len(path) == 1:
            return Mistake(path, _LATER[str(path[-1])], f"remove [[{path[-1]}]]")
        known = _keys(path[:-1])
        return Mistake(path, "unknown key", nearest(str(path[-1]), known) or f"known here: {', '.join(known)}")
    if kind == "missing":
        return Mistake(path, "it is missing", f"add {_example(path, languages)}")
    if kind == "literal_error":
        allowed = re.findall(r"'([^']*)'", context.get("expected", ""))
        suggestion = nearest(str(given), allowed)
        return Mistake(path, f"{given!r} is not one of: {', '.join(allowed)}", suggestion)
    if kind == "string_pattern_mismatch":
        slug = _slug(str(given)) if name in ("id", "field", "pipeline") else ""
        return Mistake(
            path, f"{given!r} does not fit: {_SHAPES.get(name, detail['msg'])}", f'"{slug}"' if slug else None
        )
    if "said" in context:
        return Mistake(path, context["said"], context.get("suggestion"))
    if kind == "too_short":
        return Mistake(path, "at least one is needed")
    if kind in ("tuple_type", "model_type", "dict_type"):
        shape = "a list, in [ ]" if kind == "tuple_type" else f"a table, [{name}]"
        return Mistake(path, f"{shape} is expected here")
    return Mistake(path, detail["msg"][:1].lower() + detail["msg"][1:])


def _example(path: Path, languages: tuple[str, ...]) -> str:
    name = str(path[-1])
    if name in ("title", "ask") and len(languages) > 1:
        return f'{name}.{languages[0]} = "…"'
    if name in ("form", "step"):
        return f"[[{'.'.join(key for key in path if isinstance(key, str))}]]"
    return "[business]" if name == "business" else f'{name} = "…"'


def _slug(text: str) -> str:
    """An id like the text, in Latin letters."""
    import anyascii  # here: only a mistake needs it

    return re.sub(r"[^a-z0-9]+", "_", anyascii.anyascii(text).lower()).strip("_")[:24]


def _where(path: Path, data: Any) -> str:
    """A path with the names of tables instead of their numbers: form.booking.step.phone.when."""
    said: list[str] = []
    for depth, key in enumerate(path):
        if isinstance(key, str):
            said.append(key)
            continue
        item = _at(data, path[: depth + 1])
        name = (item.get("id") or item.get("field")) if isinstance(item, dict) else None
        said.append(name if isinstance(name, str) and len(name) <= 24 else f"{key + 1}")
    return ".".join(said)


def _syntax(error: tomllib.TOMLDecodeError, text: str, file: str) -> Problem:
    """Where the text stops being TOML."""
    told = str(error)
    place = re.search(r" \(at line (\d+), column (\d+)\)$", told)
    if place:
        message, line, column = told[: place.start()], int(place[1]), int(place[2])
    else:
        message, line, column = told.removesuffix(" (at end of document)"), text.count("\n") + 1, 1
    hints = {
        "Invalid value": 'texts stand in double quotes: name = "Анна"',
        "Unclosed": "a quote or a bracket above is not closed",
        "Illegal character": "a text of several lines stands in three double quotes",
        "Cannot overwrite": "this key is already given above",
        "Cannot declare": "this table is already given above; a list of tables has double brackets, [[form]]",
        "Expected '='": 'a line is key = "value"',
        "Unescaped": 'a backslash is written twice, "\\\\"',
    }
    suggestion = next((hint for begin, hint in hints.items() if message.startswith(begin)), None)
    return Problem(file, line, "", f"column {column}: {message[:1].lower()}{message[1:]}", suggestion)
