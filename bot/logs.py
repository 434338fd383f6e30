"""Logs one can search and show to anybody: structlog over the standard library, with people and secrets taken out.

Everything that is logged, by us or by a library, passes one redaction: a value under a key that holds words of a
person is replaced as a whole; tokens, phone numbers and e-mail addresses are replaced wherever they appear. Exceptions
are written with their type, places and redacted message, never with the values of local variables.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import IO, Any, Literal

import structlog
from structlog.typing import EventDict, WrappedLogger

REDACTED = "[redacted]"

# Keys whose value is somebody's words or address, whole. Ids stay: without them a log answers no question.
PERSONAL_KEYS = frozenset(
    "name first_name last_name full_name username text caption phone phone_number email payload answers draft state "
    "fields query comment note value title html body data params token secret url input".split()
)

_TOKEN = re.compile(r"\b\d{3,20}:[\w-]{30,}")
_BOT_PATH = re.compile(r"/bot\d+:[^/\s]+")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
# Nine to fifteen digits with the signs people put between them, after a plus or a bracket, or ten and more in one
# piece. Telegram's own ids are shorter or carry a minus sign; one that long is not told from a phone, and is hidden.
_PHONE = re.compile(r"(?<![\w.:-])(?:\+\s?\(?\d|\(\d|\d)(?:[\s().–-]{0,2}\d){8,14}(?![\w:])")
# What SQLAlchemy appends to an error: the statement's values.
_SQL_VALUES = re.compile(r"\[parameters: .*?\](?=\n|$)", re.DOTALL)

_NOISY = ("aiosqlite", "apscheduler", "asyncio", "aiohttp.access")


def clean(text: str) -> str:
    """The text without tokens, phone numbers, e-mail addresses and values of SQL statements."""
    text = _SQL_VALUES.sub(f"[parameters: {REDACTED}]", text)
    text = _BOT_PATH.sub(f"/bot{REDACTED}", text)
    text = _TOKEN.sub(REDACTED, text)
    text = _EMAIL.sub(REDACTED, text)
    return _PHONE.sub(REDACTED, text)


def redact(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """The structlog processor: the last to see an event before it is written."""
    return {key: _value(key, value) for key, value in event.items()}


def _value(key: str, value: Any) -> Any:
    if key in PERSONAL_KEYS:
        return value if value is None or isinstance(value, bool) else REDACTED
    if isinstance(value, str):
        return value if key in ("timestamp", "level") else clean(value)
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, Mapping):
        return {str(k): _value(str(k), v) for k, v in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return [_value("", item) for item in value]
    # Any other object's repr may hold whatever it was made of.
    return f"<{type(value).__name__}>"


def _exceptions(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    info = event.pop("exc_info", None)
    if info:
        error = info if isinstance(info, BaseException) else info[1] if isinstance(info, tuple) else sys.exc_info()[1]
        if error is not None:
            event["exception"] = told(error)
    return event


def told(error: BaseException) -> str:
    """An exception as text: type, redacted message, places. Source lines yes, values of variables never."""
    return clean("".join(traceback.TracebackException.from_exception(error, capture_locals=False).format()).rstrip())


def _library(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """A library's DEBUG and INFO lines carry values in their arguments: only what the library itself wrote is kept."""
    record: logging.LogRecord | None = event.get("_record")
    if record is not None and record.args and record.levelno < logging.WARNING:
        event["event"] = str(record.msg)
    elif record is not None and record.name.split(".")[0] in ("sqlalchemy", "aiosqlite"):
        event["event"] = str(record.msg)
    return event


def set_up(level: str = "INFO", form: Literal["text", "json"] = "text", stream: IO[str] | None = None) -> None:
    """Sends structlog's and the standard library's logs to `stream` (the standard error), one event a line.

    Called once, by the command that runs; importing configures nothing.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor
    if form == "json":
        renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    else:
        renderer = structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0, sort_keys=False)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder(), _library],
            processors=[
                _exceptions,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                redact,
                renderer,
            ],
            # exc_info of foreign records is ours to word; the formatter would add its own traceback otherwise.
            keep_exc_info=True,
            use_get_message=True,
        )
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in _NOISY:
        logging.getLogger(name).setLevel(max(root.level, logging.WARNING))
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    structlog.get_logger("bot").critical("stopped by an error", exc_info=(kind, error, trace))
