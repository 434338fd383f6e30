"""Whether Telegram would take a screen, as the simulator's strict reader says."""

from __future__ import annotations

from simulator import entities, keyboards
from views.messages import Button, Screen

TEXT = 4096
CAPTION = 1024


def read(screen: Screen) -> str:
    """What a person reads: the text without its markup. Fails where Telegram would refuse the message."""
    shown, _ = entities.parse_html(screen.text)
    most = CAPTION if screen.attachment is not None else TEXT
    assert entities.units(shown) <= most, f"{entities.units(shown)} characters"
    assert shown.strip() or screen.copy is not None or screen.attachment is not None, "an empty message"
    rows = [[_raw(button) for button in row] for row in screen.buttons]
    if rows:
        keyboards.inline_rows(rows)
        assert sum(map(len, rows)) <= 100
    for row in screen.buttons:
        for button in row:
            assert button.text.strip(), "a button without words"
            assert len((button.data or "").encode()) <= 64, button.data
    return shown


def _raw(button: Button) -> dict[str, str]:
    if button.data is not None:
        return {"text": button.text, "callback_data": button.data}
    if button.url is not None:
        return {"text": button.text, "url": button.url}
    return {"text": button.text, "switch_inline_query_current_chat": button.switch_inline or ""}
