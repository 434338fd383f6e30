"""Settings: what is right is taken, what is wrong is told at once, with its place, the reason and what to do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot import settings
from bot.settings import Settings, SettingsError

ROOT = Path(__file__).resolve().parent.parent.parent
TOKEN = "123456789:AAE" + "x" * 32


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of this machine, and an empty folder to be in."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def write(text: str) -> None:
    Path(".env").write_text(text, encoding="utf-8")


def mistakes(text: str) -> list[str]:
    write(text)
    with pytest.raises(SettingsError) as raised:
        settings.load()
    return [str(problem) for problem in raised.value.problems]


def test_nothing_written_is_right() -> None:
    """Every setting has a default that works, but for the token."""
    chosen = settings.load()
    assert chosen.bot_token is None
    assert chosen.database_path == Path("data/kartoteka.db")
    assert chosen.send_rate == 30
    assert chosen.zone.key == "Europe/Kyiv"


def test_the_example_as_it_is_equals_the_defaults() -> None:
    """config.example.env can be copied and left alone."""
    bare = settings.load()
    write((ROOT / "config.example.env").read_text(encoding="utf-8"))
    assert settings.load() == bare


def test_values_are_read() -> None:
    """Each kind of value: lists with spaces, negative ids, cases, quotes, a mark of Windows' Notepad before it all."""
    write(
        f"\ufeffBOT_TOKEN={TOKEN}\nOWNER_IDS=1, 2,3\nTEAM_CHAT_ID='-1001234567890'\nDEFAULT_LANGUAGE=RU\n"
        'LOG_LEVEL=debug\nSEND_RATE=12.5\nBOT_API_URL="http://127.0.0.1:8081/"  # mine\nMANAGER_IDS=\n'
        "DATABASE_URL=sqlite+aiosqlite:////var/lib/kartoteka/base.db\nDATA_DIR=/var/lib/kartoteka\n"
    )
    chosen = settings.load()
    assert chosen.token == TOKEN
    assert chosen.bot_id == 123456789
    assert chosen.owner_ids == (1, 2, 3)
    assert chosen.manager_ids == ()
    assert chosen.team_chat_id == -1001234567890
    assert chosen.default_language == "ru"
    assert chosen.log_level == "DEBUG"
    assert chosen.send_rate == 12.5
    assert chosen.bot_api_url == "http://127.0.0.1:8081"
    assert chosen.database_path == Path("/var/lib/kartoteka/base.db")
    assert chosen.files_dir == Path("/var/lib/kartoteka/files")


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty variable is no variable; unknown ones are the machine's own and no mistake."""
    write("HTTP_PORT=9000\nLOG_LEVEL=ERROR\n")
    monkeypatch.setenv("HTTP_PORT", "9001")
    monkeypatch.setenv("LOG_LEVEL", "")
    monkeypatch.setenv("BOT_SOMETHING", "else")
    chosen = settings.load()
    assert chosen.http_port == 9001
    assert chosen.log_level == "ERROR"


def test_every_mistake_is_told_at_once_with_its_line() -> None:
    """Nobody mends a file one mistake a start."""
    told = mistakes(
        "# mine\n\nBOT_TOKN=x\nTIMEZONE=Europe/Kiyv\nHTTP_PORT=99999\nOWNER_IDS=1,@anna\nwhat is this\n"
        "LOG_LEVEL=loud\nLOG_FORMAT=text\nLOG_FORMAT=json\nexport SEND_RATE=0\nTEAM_CHAT_ID=team\nHTTP_HOST\n"
        "DATABASE_URL=postgresql://user:hunter2@host/base\nWEBHOOK_URL=example.com/hook\nDEFAULT_LANGUAGE=de\n"
    )
    assert [re.match(r"\.env:(\d+):", line).group(1) for line in told] == [  # type: ignore[union-attr]
        "3", "4", "5", "6", "7", "8", "10", "11", "12", "13", "14", "15", "16",
    ]  # fmt: skip
    text = "\n".join(told)
    assert "BOT_TOKN: there is no such setting, did you mean BOT_TOKEN?" in text
    assert "did you mean Europe/Kyiv?" in text
    assert "this line is not KEY=value" in text
    assert "is given twice; it is also on line 9" in text
    assert "hunter2" not in text


def test_a_mistake_of_the_environment_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who reads a line number in .env would look in vain."""
    monkeypatch.setenv("HTTP_PORT", "many")
    (told,) = mistakes("HTTP_PORT=9000\n")
    assert told.startswith("environment: HTTP_PORT: ")


@pytest.mark.parametrize("wrong", ["987654321", "abc:defghijkl", "123456789:AAE xyz", f"bot{TOKEN}", f"{TOKEN}!"])
def test_a_token_is_never_repeated(wrong: str) -> None:
    """A mistyped token is still almost a token."""
    (told,) = mistakes(f"BOT_TOKEN='{wrong}'\n")
    assert "does not look like a bot's token" in told
    assert wrong not in told


def test_secrets_are_not_shown() -> None:
    """Whoever prints the settings prints no secret."""
    write(f"BOT_TOKEN={TOKEN}\nWEBHOOK_URL=https://example.com/hook\nWEBHOOK_SECRET=hunter2\n")
    chosen = settings.load()
    assert TOKEN not in repr(chosen)
    assert "hunter2" not in str(chosen)


def test_a_webhook_needs_its_secret() -> None:
    """Without it anybody who knows the address could pretend to be Telegram; told beside other mistakes."""
    told = mistakes("WEBHOOK_URL=https://example.com/hook\nHTTP_PORT=0\n")
    assert len(told) == 2
    assert any("WEBHOOK_SECRET: WEBHOOK_URL needs it" in line for line in told)


def test_counted_links_begin_with_the_public_address_or_the_webhooks_host() -> None:
    """A webhook has a public address already; what is written goes before it, with its path and without its last slash."""
    assert settings.load().public_address is None
    webhook = "WEBHOOK_URL=https://bot.example.com:8443/hook/in\nWEBHOOK_SECRET=s3cret\n"
    write(webhook)
    assert settings.load().public_address == "https://bot.example.com:8443"
    write(f"{webhook}PUBLIC_URL=https://go.example.com/salon/\n")
    assert settings.load().public_address == "https://go.example.com/salon"
    write("PUBLIC_URL=http://203.0.113.5:8080\n")
    assert settings.load().public_address == "http://203.0.113.5:8080"
    write("WEBHOOK_URL=http://localhost/hook\nWEBHOOK_SECRET=s3cret\n")
    assert settings.load().public_address is None


@pytest.mark.parametrize(
    "wrong",
    [
        "go.example.com",
        "ftp://go.example.com",
        "https://",
        "https://go.example.com/?a=1",
        "https://go.example.com/#top",
        "https://user:hunter2@go.example.com",
        "https://localhost:8080",
        "https://го.example.com",
        "https://go.example.com:port",
        "https://go.example.com/{token}",
    ],
)
def test_a_public_address_is_one_that_a_link_can_begin_with(wrong: str) -> None:
    """Telegram would refuse every message with such a button, and the whole campaign with them."""
    (told,) = mistakes(f"PUBLIC_URL={wrong}\n")
    assert told.startswith(".env:1: PUBLIC_URL: ")
    assert "such as https://go.example.com" in told
    assert "hunter2" not in told


@pytest.mark.parametrize("secret", ["пароль", "a b", "x" * 257])
def test_a_webhook_secret_is_what_telegram_takes(secret: str) -> None:
    """Telegram would refuse it later, in a less clear way."""
    (told,) = mistakes(f"WEBHOOK_URL=https://example.com/hook\nWEBHOOK_SECRET='{secret}'\n")
    assert secret not in told


@pytest.mark.parametrize(
    "url", ["data/a.db", "sqlite:///a.db", "sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:", "mysql://h/d"]
)
def test_a_database_is_a_file_of_sqlite(url: str) -> None:
    """What cannot be kept or backed up is refused before anything is written."""
    (told,) = mistakes(f"DATABASE_URL={url}\n")
    assert "write sqlite+aiosqlite:///" in told


def test_a_file_that_is_no_text_is_told() -> None:
    """A file saved in another encoding is one mistake, not a traceback."""
    Path(".env").write_bytes("BOT_TOKEN=токен".encode("utf-16"))
    with pytest.raises(SettingsError, match="not UTF-8"):
        settings.load()


def test_a_playbook_is_found_by_path_or_by_name() -> None:
    """A path from here comes first, then the shipped ones; what is not there stays what was written."""
    assert settings.load().playbook_path == ROOT / "playbooks" / "shop.toml"
    assert settings.find_playbook("salon") == ROOT / "playbooks" / "salon.toml"
    Path("mine.toml").write_text("")
    assert settings.find_playbook("mine.toml") == Path("mine.toml")
    assert settings.find_playbook("none.toml") == Path("none.toml")


def test_a_wrong_file_still_says_which_playbook_was_meant() -> None:
    """So that `check` tells the playbook's mistakes at the same time."""
    write("PLAYBOOK=mine.toml\nHTTP_PORT=x\n")
    Path("mine.toml").write_text("")
    with pytest.raises(SettingsError) as raised:
        settings.load()
    assert raised.value.playbook == Path("mine.toml")


def test_every_setting_is_in_the_example_with_a_sentence() -> None:
    """Each key of config.example.env has a comment just above it; none is missing, none is made up."""
    lines = (ROOT / "config.example.env").read_text(encoding="utf-8").splitlines()
    keys = [line.partition("=")[0] for line in lines if re.match(r"[A-Z_]+=", line)]
    assert sorted(keys) == sorted(name.upper() for name in Settings.model_fields)
    for number, line in enumerate(lines):
        if re.match(r"[A-Z_]+=", line):
            assert lines[number - 1].startswith("# "), f"{line} has no sentence"
            assert lines[number - 1].endswith((".", ")")), f"{line}: {lines[number - 1]}"


def test_every_setting_is_documented_with_its_default() -> None:
    """docs/configuration.md has one row for each setting, and the default that the code has."""
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| (.+?) \| ", text, re.MULTILINE))
    assert sorted(rows) == sorted(name.upper() for name in Settings.model_fields)
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = "none" if default in (None, ()) else f"`{default:g}`" if isinstance(default, float) else f"`{default}`"
        assert rows[name.upper()] == shown


def test_importing_reads_no_file_and_no_aiogram() -> None:
    """Nothing is built at import: a broken .env does not break who only imports."""
    write("NONSENSE\n")
    code = "import sys, bot.settings; print(sorted({'aiogram', 'sqlalchemy', 'alembic'} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.strip() == "[]"
