"""The command line: `python -m bot COMMAND`. Each command imports what it needs, and nothing before it is asked for."""

from __future__ import annotations

import argparse
import faulthandler
import gc
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import commands

END_SECONDS = 10.0


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns the process's exit code: 0 done, 1 refused, 2 settings to mend, 130 interrupted.

    A refusal is one clear sentence on the standard error, never a traceback.
    """
    parser = _parser()
    arguments = parser.parse_args(argv)
    if arguments.version:
        print(f"Kartoteka {_version()}")
        return 0
    if arguments.command is None:
        parser.print_help()
        return commands.WRONG_SETTINGS
    if arguments.command not in ("run", "demo", "import"):
        # A short life: collecting garbage would cost an eighth of it.
        gc.disable()
    try:
        # `import` is a word of Python's, so its module has another name.
        module = "importing" if arguments.command == "import" else arguments.command
        return int(importlib.import_module(f"bot.commands.{module}").run(arguments))
    except KeyboardInterrupt:
        return commands.INTERRUPTED
    except Exception as error:
        text, code = commands.worded(error)
        print(text, file=sys.stderr)
        return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="Kartoteka: a Telegram bot over a customer base.",
        epilog="Settings come from the environment and from .env; docs/configuration.md lists them.",
    )
    parser.add_argument("--version", action="store_true", help="show the version")
    actions = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    actions.add_parser("run", help="start the bot", description="Migrates the database if need be, then runs the bot.")

    demo = actions.add_parser(
        "demo",
        help="try it without a token, against a Telegram on your desk",
        description="Starts the simulator and the real bot with thirty made-up people; prints the page to open.",
    )
    demo.add_argument("--port", type=int, default=8081, help="of the page; another is taken when busy (default 8081)")

    actions.add_parser(
        "check",
        help="look over the settings and the playbook",
        description="Tells every mistake of .env and of the playbook at once, with its line and what to do.",
    )
    actions.add_parser(
        "migrate",
        help="bring the database to this version",
        description="Makes the database, or brings it to this version, with a backup before. `run` does it by itself.",
    )

    backup = actions.add_parser(
        "backup",
        help="copy the database, also while the bot runs",
        description="Copies the database into a new, checked file; the bot may run meanwhile.",
    )
    backup.add_argument("file", nargs="?", type=Path, help="the copy (default: the folder backups, named by the time)")
    backup.add_argument("--files", action="store_true", help="pack people's files beside it as .tar.gz")

    restore = actions.add_parser(
        "restore",
        help="put a backup in the database's place",
        description="Puts a backup in the database's place and keeps the replaced one beside it. What is restored "
        "sends nothing until `release`.",
    )
    restore.add_argument("file", type=Path, help="the backup")

    release = actions.add_parser(
        "release",
        help="let a restored database send again",
        description="Shows what a restored database has waiting, then lets it send.",
    )
    release.add_argument(
        "--skip-older-than",
        metavar="AGE",
        help="do not send what was due before that, such as 12h or 1d; answers to people are sent",
    )
    release.add_argument("--yes", action="store_true", help="do not ask")

    bring = actions.add_parser(
        "import",
        help="bring a file's people into the base, or take an import back",
        description="Imports CSV, XLSX, XLS, ODS, VCF; columns are recognised. Through the running bot, or while it is "
        "stopped.",
    )
    bring.add_argument("file", nargs="?", type=Path, help="the file")
    bring.add_argument("--consent", choices=("yes", "no"), help="whether these people agreed to get messages")
    bring.add_argument("--proof", metavar="TEXT", help="how and when they agreed")
    bring.add_argument("--source", metavar="TEXT", help="where they come from")
    bring.add_argument("--tags", metavar="A,B", help="tags for all of them")
    bring.add_argument(
        "--duplicates",
        choices=("fill", "overwrite", "skip"),
        default="fill",
        help="people who are there already: empty fields are filled in (default), overwritten, or they are left alone",
    )
    bring.add_argument("--dry-run", action="store_true", help="only say what would happen")
    bring.add_argument("--undo", type=int, metavar="NUMBER", help="take this import back, whole")

    campaign = actions.add_parser(
        "campaign",
        help="list, count, start, pause, resume, cancel, recall and report campaigns",
        description="Campaigns are written in the bot (/broadcast). Here they are listed, counted (plan), started, paused, "
        "resumed, cancelled, recalled and reported: through the running bot, or while it is stopped.",
    )
    campaign.add_argument(
        "action", choices=("list", "plan", "start", "pause", "resume", "cancel", "recall", "report"), help="what to do"
    )
    campaign.add_argument("number", nargs="?", type=int, help="the campaign's number")

    simulate = actions.add_parser(
        "simulate",
        help="show who is to get what in the next days",
        description="Prints what the playbook's scenarios are to send, day by day, by what is known today. Sends nothing.",
    )
    simulate.add_argument("--days", type=int, default=30, metavar="N", help="how far to look (default 30)")
    return parser


def _version() -> str:
    import tomllib

    # The source tree is what runs; it need not be installed as a package.
    project = Path(__file__).resolve().parent.parent / "pyproject.toml"
    return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


if __name__ == "__main__":
    ended = main()
    # Python looks for garbage once more when it ends: two seconds among aiogram's types, for nothing.
    gc.freeze()
    # Everything worth keeping is on the disk: an interpreter that does not come to its end (a thread of a library that
    # holds a lock, say) is ended, and shows where it stood.
    faulthandler.dump_traceback_later(END_SECONDS, exit=True)
    sys.exit(ended)
