"""Pictures: what is written in them can be read."""

from __future__ import annotations

import pytest

from views import charts


@pytest.mark.parametrize(
    ("ground", "ink"),
    [
        ((0.93, 0.95, 0.96), "#1c2733"),  # an empty cell
        ((0.44, 0.66, 0.84), "#1c2733"),  # light blue, where white words were lost
        ((0.18, 0.50, 0.76), "white"),  # the fullest one
    ],
)
def test_ink_stands_out_from_its_ground(ground: tuple[float, float, float], ink: str) -> None:
    assert charts.ink_on(ground) == ink
