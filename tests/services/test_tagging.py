"""Which tags a line names."""

from __future__ import annotations

import pytest

from services import tagging


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("vip оптом", ["vip", "оптом"]),
        ("#vip, перший візит", ["vip", "перший візит"]),
        ('"первый визит"', ["первый визит"]),
        ('#"первый визит" vip', ["первый визит", "vip"]),
        ("«перший візит» #vip", ["перший візит", "vip"]),
        ("“first visit”, vip", ["first visit", "vip"]),
        ('5" display', ["5", "display"]),
        ("vip vip", ["vip"]),
        ('""', []),
    ],
)
def test_words_in_quotes_are_one_tag(text: str, names: list[str]) -> None:
    assert tagging.named(text) == names
