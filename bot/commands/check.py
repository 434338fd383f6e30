"""`check`: every mistake of the settings and of the playbook, at once."""

from __future__ import annotations

import argparse

from bot import settings


def run(arguments: argparse.Namespace) -> int:
    """Prints each mistake as `file:line: message`; the playbook is looked at even when the settings are wrong."""
    from bot import playbooks

    told: list[str] = []
    chosen = None
    try:
        chosen = settings.load()
        path = chosen.playbook_path
    except settings.SettingsError as error:
        told += map(str, error.problems)
        path = error.playbook
    try:
        playbook = playbooks.load(path)
    except playbooks.PlaybookErrors as error:
        told += map(str, error.problems)
    if told:
        print("\n".join(told))
        print(f"{len(told)} to mend." if len(told) > 1 else "One thing to mend.")
        return 2
    assert chosen is not None
    print(
        f"The settings and {path} are right: "
        f"{len(playbook.forms)} forms, {len(playbook.surveys)} surveys, default language {chosen.default_language}."
    )
    if chosen.bot_token is None:
        print("BOT_TOKEN is not set yet; `make run` says how to get one.")
    return 0
