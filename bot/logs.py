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
    {
        "name", "first_name", "last_name", "full_name", "username", "text", "caption", "phone", "phone_number",
        "email", "payload", "answers", "draft", "state", "fields", "query", "comment", "note", "value", "title",
        "html", "body", "data", "params", "token", "secret", "url", "input",
    }
)  # fmt: skip

_TOKEN = re.compile(r"\b\d{3,20}:[\w-]{30,}")
_BOT_PATH = re.compile(r"/bot\d+:[^/\s]+")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
# Nine to fifteen digits with the signs people put between them, after a plus or a bracket, or ten and more in one
# piece. Telegram's own ids are shorter or carry a minus sign; one that long is not told from a phone, and is hidden.
_PHONE = re.compile(r"(?<![\w.:-])(?:\+\s?\(?\d|\(\d|\d)(?:[\s().–-]{0,2}\d){8,14}(?![\w:])")
# What SQLAlchemy appends to an error: the statement's values.
_SQL_VALUES = re.compile(r"\[parameters: .*?\](?=\n|$)", re.DOTALL)

# Errors that quote names of our code rather than what somebody wrote.
_ABOUT_CODE = (AttributeError, ImportError, NameError, TypeError, OSError)
_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|“[^”\n]*”|«[^»\n]*»")
_INPUT = re.compile(r"(input_value=).*?(?=, input_type=|\]|\n|$)")

_SQL = ("sqlalchemy", "aiosqlite")
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
    """An exception as text: types, messages, places and the lines of code; no value of any variable."""
    parts: list[str] = []
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None:
        parts += [told(earlier), "…which led to:"]
    parts += [line.rstrip() for line in traceback.format_tb(error.__traceback__)]
    parts.append(f"{type(error).__module__}.{type(error).__qualname__}: {_message(error)}")
    if isinstance(error, BaseExceptionGroup):
        parts += ["…with:\n" + told(one) for one in error.exceptions]
    return "\n".join(parts)


def _message(error: BaseException) -> str:
    text = clean(str(error))
    if isinstance(error, _ABOUT_CODE):
        return text
    return _QUOTED.sub(lambda quoted: f"{quoted[0][0]}…{quoted[0][-1]}", _INPUT.sub(rf"\1{REDACTED}", text))


def _library(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """A library's line. Below WARNING, and where the line is SQL, only what the library itself wrote is kept: the
    arguments may be anybody's words."""
    record: logging.LogRecord = event["_record"]
    args = event.pop("positional_args", ())
    if args and record.levelno >= logging.WARNING and not record.name.startswith(_SQL):
        try:
            event["event"] = str(record.msg) % args
        except (TypeError, ValueError):
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
            # The arguments are put in by _library, which knows when not to.
            use_get_message=False,
            pass_foreign_args=True,
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
