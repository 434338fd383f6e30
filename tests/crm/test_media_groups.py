"""Which files Telegram shows as one album."""

import pytest

from crm import media_groups


@pytest.mark.parametrize("kinds", [["photo"], ["photo", "video", "photo"], ["document"] * 3, ["audio"] * 2, []])
def test_what_goes_together(kinds: list[str]) -> None:
    assert media_groups.go_together(kinds)


@pytest.mark.parametrize("kinds", [["photo", "document"], ["video", "audio"], ["audio", "document"], ["voice"]])
def test_what_does_not(kinds: list[str]) -> None:
    assert not media_groups.go_together(kinds)
