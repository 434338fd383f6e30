"""Writes the next migration from the difference between the newest version and storage/tables/:

python -m storage.migrations.new "what changes"        # or: make migration m="what changes"
python -m storage.migrations.new --first               # only while nothing has been released: 0001 anew
python -m storage.migrations.new --again               # the newest anew, while nobody has run it

Of the newest, what was written by hand below the generated lines stays.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from alembic import command
from alembic.operations import ops

from storage import schema, search_schema
from storage.migrations import running

FIRST = "first"
_GENERATED = "    # ### end Alembic commands ###\n"


def write(message: str, *, first: bool = False, again: bool = False) -> Path:
    """Writes the file and returns its path; the search index's statements are copied into the first one."""
    folder = schema.MIGRATIONS / "versions"
    before = ""
    if again:
        newest = max(folder.glob("[0-9]*.py"))
        message = newest.stem.partition("_")[2].replace("_", " ")
        before = newest.read_text("utf-8")
        newest.unlink()
    if first:
        message = FIRST
        for old in folder.glob("0001_*.py"):
            old.unlink()
        if schema.versions():
            raise SystemExit("There are later migrations: 0001 is history and is not written again.")
    number = f"{len(schema.versions()) + 1:04d}"
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "database"
        with running.engine(path).connect() as connection:
            settings = running.config(connection)
            settings.set_main_option("file_template", "%%(rev)s_%%(slug)s")
            if not first:
                command.upgrade(settings, "head")
            command.revision(
                settings,
                message,
                autogenerate=True,
                rev_id=number,
                process_revision_directives=_with_search if first else None,
            )
    (written,) = folder.glob(f"{number}_*.py")
    if again:
        written.write_text(_with_work_by_hand(before, written.read_text("utf-8")), "utf-8")
    return written


def _with_work_by_hand(before: str, anew: str) -> str:
    """The migration written anew, with what each way of it had below the generated lines: rows that are moved or filled."""
    by_hand = [way.partition("\n\ndef ")[0].strip("\n") for way in before.split(_GENERATED)[1:]]
    start, *rest = anew.split(_GENERATED)
    for lines, after in zip(by_hand, rest, strict=True):
        start += _GENERATED + (f"{lines}\n" if lines else "") + after
    return start


def _with_search(_: Any, __: Any, directives: list[Any]) -> None:
    script = directives[0]
    script.upgrade_ops.ops += [ops.ExecuteSQLOp(statement) for statement in search_schema.CREATE]
    script.downgrade_ops.ops[:0] = [ops.ExecuteSQLOp(statement) for statement in search_schema.DROP]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m storage.migrations.new", description=__doc__)
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("message", nargs="?", default="", help="what changes, in a few words")
    choice.add_argument("--first", action="store_true", help="write 0001 anew from storage/tables/")
    choice.add_argument("--again", action="store_true", help="write the newest anew from storage/tables/")
    arguments = parser.parse_args()
    print(write(arguments.message, first=arguments.first, again=arguments.again))  # noqa: T201  # a command's answer


if __name__ == "__main__":
    main()
