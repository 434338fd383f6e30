"""The owner's settings: environment variables first, then the .env file; every mistake told at once.

Importing this module builds nothing. `load()` gives the settings or raises `SettingsError`, which lists each mistake
with its place, the key, the reason and what to do. A secret's value never appears in a message.
"""

from __future__ import annotations

import difflib
import logging
import os
import re
import zoneinfo
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

SOURCE_TREE = Path(__file__).resolve().parent.parent
ENV_FILE = ".env"

_SQLITE = "sqlite+aiosqlite:///"

Ids = Annotated[tuple[int, ...], NoDecode]
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Settings(BaseSettings):
    """Every setting there is. A field's description is what to write, said to who wrote something else."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_file_encoding="utf-8-sig",  # Windows' Notepad puts a mark before the first key
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    bot_token: SecretStr | None = Field(None, description="the token from @BotFather, such as 123456789:AAE…")
    bot_api_url: str = Field(
        "https://api.telegram.org", description="the address of a Bot API server, beginning with http:// or https://"
    )
    database_url: str = Field(
        f"{_SQLITE}data/kartoteka.db",
        description=f"{_SQLITE} and the path of a file, such as {_SQLITE}data/kartoteka.db",
    )
    data_dir: Path = Field(Path("data"), description="a folder for people's files and for backups")
    playbook: str = Field("playbooks/shop.toml", description="the path of a playbook, or shop, salon, clinic, courses")
    owner_ids: Ids = Field((), description="Telegram ids of the owners with commas between, such as 1001,1002")
    manager_ids: Ids = Field((), description="Telegram ids of the managers with commas between, such as 1003,1004")
    team_chat_id: int | None = Field(None, description="the team group's id, a whole number; /id in the group tells it")
    timezone: str = Field("Europe/Kyiv", description="an IANA time zone, such as Europe/Kyiv")
    default_language: Literal["ru", "uk", "en"] = Field("uk", description="ru, uk or en")
    webhook_url: str | None = Field(None, description="the public https:// address Telegram is to call; empty: polling")
    webhook_secret: SecretStr | None = Field(
        None, validate_default=True, description="1 to 256 of the characters A-Z a-z 0-9 _ -"
    )
    public_url: str | None = Field(
        None, description="the address under which people reach the bot by HTTP, such as https://go.example.com"
    )
    http_host: str = Field("127.0.0.1", description="the address to listen on, such as 127.0.0.1")
    http_port: int = Field(8080, ge=1, le=65535, description="a port, from 1 to 65535")
    log_level: LogLevel = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")
    log_format: Literal["text", "json"] = Field("text", description="text or json")
    send_rate: float = Field(30, gt=0, le=1000, description="messages a second in all, above 0, such as 30")
    send_rate_per_chat: float = Field(1.0, gt=0, le=1000, description="messages a second to one chat, such as 1")
    send_rate_per_group: float = Field(20, gt=0, le=1000, description="messages a minute to one group, such as 20")

    @property
    def token(self) -> str:
        """The bot's token in the clear. Raises ValueError when there is none: who needs it asks for it first."""
        if self.bot_token is None:
            raise ValueError("BOT_TOKEN is not set")
        return self.bot_token.get_secret_value()

    @property
    def bot_id(self) -> int:
        """The bot's own id: the number before the colon of its token."""
        return int(self.token.partition(":")[0])

    @property
    def public_address(self) -> str | None:
        """Where counted links begin, without a slash at the end: PUBLIC_URL, else the origin of WEBHOOK_URL. None where
        there is neither, or the webhook is on a host that Telegram takes no button to."""
        if self.public_url is not None or self.webhook_url is None:
            return self.public_url
        parts = urlsplit(self.webhook_url)
        return f"{parts.scheme}://{parts.netloc}" if "." in (parts.hostname or "") else None

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.timezone)

    @property
    def database_path(self) -> Path:
        return Path(self.database_url.removeprefix(_SQLITE))

    @property
    def backups_dir(self) -> Path:
        return self.data_dir / "backups"

    @property
    def files_dir(self) -> Path:
        """Where copies of people's files are kept."""
        return self.data_dir / "files"

    @property
    def playbook_path(self) -> Path:
        """The playbook's file, whether it is there or not."""
        return find_playbook(self.playbook)

    @field_validator("owner_ids", "manager_ids", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError("a Telegram id is a whole number above zero")
        return tuple(int(part) for part in parts)

    @field_validator("default_language", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.strip().lower() if isinstance(value, str) else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.strip().upper() if isinstance(value, str) else value

    @field_validator("bot_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"\d{3,20}:[\w-]{5,}", value.get_secret_value(), re.ASCII):
            raise ValueError("this does not look like a bot's token")
        return value

    @field_validator("bot_api_url", "webhook_url", "public_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[^\s/?#]+[^\s]*", value):
            raise ValueError("this is not a web address")
        return value.rstrip("/") if value is not None else None

    @field_validator("public_url")
    @classmethod
    def _public(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        _ = parts.port  # raises ValueError for one that is none
        if parts.query or parts.fragment or "?" in value or "#" in value or "@" in parts.netloc:
            raise ValueError("links are made by writing on after it: it has no ?, no # and no password")
        if not value.isascii() or "%" in parts.netloc or "{" in value or "}" in value:
            raise ValueError("Telegram takes a button only to an address in Latin letters")
        if "." not in (parts.hostname or ""):
            raise ValueError("Telegram takes a button only to a full domain name")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value is None:
            if info.data.get("webhook_url"):
                raise ValueError("WEBHOOK_URL needs it: without a secret anybody could pretend to be Telegram")
        elif not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
            raise ValueError("Telegram takes only Latin letters, digits, _ and - here")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        path = value.removeprefix(_SQLITE)
        if path == value:
            raise ValueError("only SQLite is supported by this version")
        if not path or path == ":memory:" or "?" in path:
            raise ValueError("the database must be a file")
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            zoneinfo.ZoneInfo(value)
        except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
            raise ValueError(f"there is no time zone “{value}”{_near(value, zoneinfo.available_timezones())}") from None
        return value


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where (`.env` and the line, or the environment), which key, why, and what to do."""

    file: str
    line: int | None
    key: str
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"


class SettingsError(Exception):
    """The settings cannot be used; `problems` has every mistake, `playbook` the file that was named all the same."""

    def __init__(self, problems: list[Problem], playbook: Path) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
        self.playbook = playbook


def find_playbook(name: str) -> Path:
    """The file a setting means: a path from here, a path in the source tree, or a shipped playbook by its name."""
    shipped = SOURCE_TREE / "playbooks" / f"{name}.toml"
    for path in (Path(name), SOURCE_TREE / name, shipped):
        if path.is_file():
            return path
    return Path(name)


def load(env_file: Path | str | None = ENV_FILE, **given: object) -> Settings:
    """The settings of this process. What is given goes before an environment variable, and that before the same key of
    the file; None reads no file.

    Raises SettingsError with every mistake of the file and of the values.
    """
    lines, problems = _read(Path(env_file)) if env_file is not None else ({}, [])
    # The values of a file that cannot be read are told about once it can be.
    readable = not any(problem.line is None for problem in problems)
    # What it would warn about is in `problems` already, with its line.
    logging.getLogger("dotenv").setLevel(logging.ERROR)
    try:
        settings = Settings(_env_file=env_file if readable else None, **given)  # type: ignore[arg-type, call-arg]
    except ValidationError as error:
        for detail in error.errors(include_url=False, include_context=False, include_input=False):
            if detail["type"] != "extra_forbidden":
                problems.append(_worded(detail, str(env_file), lines))
    else:
        if not problems:
            return settings
    named = os.environ.get("PLAYBOOK") or (lines["PLAYBOOK"].value if "PLAYBOOK" in lines else "")
    playbook = find_playbook(named or Settings.model_fields["playbook"].default)
    raise SettingsError(sorted(problems, key=lambda p: (p.line is None, p.line or 0, p.key)), playbook)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    value: str


def _read(path: Path) -> tuple[dict[str, _Line], list[Problem]]:
    """The line of each key of the file, and the mistakes that the reader of .env files would pass over in silence."""
    from dotenv.parser import parse_stream

    if not path.exists():
        return {}, []
    lines: dict[str, _Line] = {}
    problems: list[Problem] = []
    try:
        with path.open(encoding="utf-8-sig") as stream:
            bindings = list(parse_stream(stream))
    except OSError as error:
        return {}, [Problem(str(path), None, "", f"cannot be read: {error.strerror}")]
    except UnicodeDecodeError:
        return {}, [Problem(str(path), None, "", "is not UTF-8 text; save it again as UTF-8")]
    for binding in bindings:
        # A binding begins with the blank lines before it.
        text = binding.original.string
        line = binding.original.line + len(text[: len(text) - len(text.lstrip())].splitlines())
        if binding.error:
            problems.append(Problem(str(path), line, "", "this line is not KEY=value"))
        elif binding.key is not None:
            key = binding.key.upper()
            if key in lines:
                problems.append(
                    Problem(str(path), line, key, f"is given twice; it is also on line {lines[key].number}")
                )
            elif binding.value is None:
                problems.append(Problem(str(path), line, key, f"has no value; write {key}=value"))
            elif key.lower() not in Settings.model_fields:
                problems.append(_unknown(str(path), line, key))
            lines[key] = _Line(line, binding.value or "")
    return lines, problems


def _unknown(file: str, line: int, key: str) -> Problem:
    known = [name.upper() for name in Settings.model_fields]
    return Problem(
        file, line, key, f"there is no such setting{_near(key, known)} (docs/configuration.md lists them all)"
    )


def _worded(detail: ErrorDetails, file: str, lines: Mapping[str, _Line]) -> Problem:
    name = str(detail["loc"][0])
    key = name.upper()
    reason = detail["msg"].removeprefix("Value error, ").replace("Input should be", "it should be")
    message = f"{reason} — write {Settings.model_fields[name].description}"
    if any(variable.upper() == key and value for variable, value in os.environ.items()):
        return Problem("environment", None, key, message)
    return Problem(file, lines[key].number if key in lines else None, key, message)


def _near(word: str, known: Iterable[str]) -> str:
    """“; did you mean …?”, or nothing when no known word is near."""
    by_fold = {k.casefold(): k for k in known}
    found = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.7)
    return f", did you mean {by_fold[found[0]]}?" if found else ""
