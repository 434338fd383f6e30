"""What the page's guide promises holds in every playbook the demo offers."""

from __future__ import annotations

import re
from datetime import timedelta

from bot import playbooks, settings
from simulator.server import PAGE


def test_the_guide_says_how_long_the_rating_takes_in_every_playbook() -> None:
    """A day at a time until it comes: the next day, and on the courses after a week."""
    waits = {
        path.stem: max(delay for _, delay in playbooks.load(path).surveys_after("request_done"))
        for path in (settings.SOURCE_TREE / "playbooks").glob("*.toml")
    }
    assert waits.pop("courses") == timedelta(days=7)
    assert all(wait <= timedelta(days=1) for wait in waits.values())
    said = re.findall(r'finish_text:\s+"(.*)"', (PAGE / "js" / "guide-texts.js").read_text())
    words = ("a day at a time", "in courses after a week"), ("по одному дню", "за тиждень"), ("по одному дню", "неделю")
    for text, (each_day, week) in zip(said, words, strict=True):
        assert each_day in text
        assert week in text
