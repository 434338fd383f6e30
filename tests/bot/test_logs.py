"""Logs say what happened and never who said what."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest
import structlog
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from bot import logs

OLGA = "Ольга"
TOKEN = "123456789:AAE" + "x" * 32
PHONES = ["+380501112233", "+38 (050) 111-22-33", "8 (916) 123-45-67", "0671234567", "380671234567", "067 123 45 67"]


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    """Where the logs go; what was configured before is put back afterwards."""
    root = logging.getLogger()
    handlers, level, hook = root.handlers[:], root.level, sys.excepthook
    stream = io.StringIO()
    yield stream
    root.handlers[:], sys.excepthook = handlers, hook
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.mark.parametrize("form", ["text", "json"])
def test_nothing_of_a_person_is_written_at_debug(out: io.StringIO, form: str) -> None:
    """0 tokens, 0 phones, 0 names, whoever logs them and however."""
    logs.set_up("DEBUG", form, out)  # type: ignore[arg-type]
    log = structlog.get_logger("bot")
    aiogram = logging.getLogger("aiogram")
    log.debug("update", name=OLGA, text="мой адрес", payload={"from": {"first_name": OLGA}})
    log.info("nested", update={"message": {"text": OLGA, "chat": {"id": 1001}}}, people=[{"name": OLGA}])
    log.warning(f"the address was /bot{TOKEN}/sendMessage", where=f"https://api.telegram.org/file/bot{TOKEN}/a.jpg")
    aiogram.debug("Update %r", {"first_name": OLGA})
    aiogram.info("got %s from %s", "привет", OLGA)
    aiogram.error("Failed with %s", TOKEN)
    aiogram.error("wrong number of arguments %s %s", OLGA)
    aiogram.warning("with extra", extra={"username": OLGA})
    logging.getLogger("aiosqlite").debug("executing %s", "INSERT … 'Ольга'")
    for phone in PHONES:
        log.info(f"calling {phone} now", other=phone, olga={"phone": phone})
        aiogram.warning("calling %s", phone)
    log.info("mail olga.petrova@example.com")
    log.info("an object", thing=type("Card", (), {"__repr__": lambda _: OLGA})())
    try:
        try:
            int(OLGA)
        except ValueError as error:
            raise RuntimeError(f"while reading «{OLGA}» with {TOKEN}") from error
    except RuntimeError:
        log.exception("failed")
        aiogram.exception("failed")
    written = out.getvalue()
    assert OLGA not in written
    assert "привет" not in written
    assert "мой адрес" not in written
    assert TOKEN not in written
    assert TOKEN.partition(":")[2] not in written
    assert "example.com" not in written
    for phone in PHONES:
        assert phone not in written
    assert written.count("calling") == 2 * len(PHONES), "the lines themselves are kept"


def test_values_of_sql_are_not_in_an_error(out: io.StringIO) -> None:
    """SQLAlchemy appends a statement's values to its errors; they are cut out."""
    logs.set_up("DEBUG", "text", out)
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE t (a TEXT NOT NULL, b TEXT NOT NULL)"))
        try:
            connection.execute(text("INSERT INTO t VALUES (:a, :b)"), {"a": f"{OLGA}]\n{OLGA}", "b": None})
        except IntegrityError:
            structlog.get_logger("bot").exception("refused")
    engine.dispose()
    assert "NOT NULL constraint failed" in out.getvalue()
    assert OLGA not in out.getvalue()


def test_local_values_are_not_in_a_traceback(out: io.StringIO) -> None:
    """A traceback has types, places and lines of code; what a variable held is not in it."""
    logs.set_up("INFO", "text", out)

    def fail(secret: str) -> None:
        raise KeyError(secret)

    try:
        fail(OLGA)
    except KeyError:
        structlog.get_logger("bot").exception("failed")
    assert "KeyError" in out.getvalue()
    assert "test_logs.py" in out.getvalue()
    assert "raise KeyError(secret)" in out.getvalue()
    assert OLGA not in out.getvalue()


def test_each_error_of_a_group_is_told(out: io.StringIO) -> None:
    """A task group's error is as readable as a single one."""
    logs.set_up("INFO", "text", out)
    structlog.get_logger("bot").error(
        "two", exc_info=ExceptionGroup("tasks", [OSError("disk full"), ValueError("'x'")])
    )
    assert "disk full" in out.getvalue()
    assert "ValueError: '…'" in out.getvalue()


def test_what_helps_to_find_a_fault_is_kept(out: io.StringIO) -> None:
    """Ids, counts, times, places and the words of an error of the code stay readable."""
    logs.set_up("INFO", "json", out)
    try:
        None.nothing  # type: ignore[attr-defined]  # noqa: B018
    except AttributeError:
        structlog.get_logger("bot.intake").exception("parked", chat=-1001234567890, update_id=812345678, seconds=0.25)
    event = json.loads(out.getvalue())
    assert event["chat"] == -1001234567890
    assert event["update_id"] == 812345678
    assert event["seconds"] == 0.25
    assert event["logger"] == "bot.intake"
    assert event["level"] == "error"
    assert event["event"] == "parked"
    assert "'NoneType' object has no attribute 'nothing'" in event["exception"]
    assert event["timestamp"].endswith("Z")


@pytest.mark.parametrize(
    "harmless", ["2026-11-21 22:40:12.123456", "-1001234567890", "version 0.1.0 of 2026-11-21", "10.0.0.1:8080", "1001"]
)
def test_times_and_ids_are_not_taken_for_phones(harmless: str) -> None:
    """A log whose times are hidden is no log."""
    assert logs.clean(f"at {harmless} it was") == f"at {harmless} it was"


def test_a_level_hides_what_is_below_it(out: io.StringIO) -> None:
    """LOG_LEVEL=WARNING writes warnings and not news, whoever logs."""
    logs.set_up("WARNING", "text", out)
    structlog.get_logger("bot").info("news")
    logging.getLogger("aiogram").info("news")
    assert out.getvalue() == ""
    structlog.get_logger("bot").warning("trouble")
    assert "trouble" in out.getvalue()
