import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import setting_sources, settings
from bot.settings import Settings, SettingsError

TOKEN = "123456789:" + "A" * 35
SECRET = "s" * 32
EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture
def env_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / ".env"
    monkeypatch.setattr(setting_sources, "ENV_FILE", path)
    return path


def give(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    for assignment in text.split():
        monkeypatch.setenv(*assignment.split("=", 1))


def refusal(read: Callable[[], Settings]) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        read()
    return caught.value


def test_without_any_environment_the_defaults_are_those_of_the_example():
    written = dict(re.findall(r"^#([A-Z_]+)=(.*)$", EXAMPLE.read_text(), re.MULTILINE))

    given = {name: value for name, value in written.items() if value}

    assert Settings(**given) == settings.load()  # pyright: ignore[reportArgumentType] - text, as an environment gives it
    assert set(written) == {name.upper() for name in Settings.model_fields}


def test_every_line_of_the_example_may_be_uncommented_once_it_has_a_value(env_file: Path):
    env_file.write_text(re.sub(r"^#([A-Z_]+=.+)$", r"\1", EXAMPLE.read_text(), flags=re.MULTILINE))

    assert settings.load() == Settings()


@pytest.mark.parametrize(
    ("given", "variable"),
    [
        ("TELEGRAM_BOT_TOKEN=abc", "TELEGRAM_BOT_TOKEN"),
        ("TELEGRAM_BOT_TOKEN=12:short", "TELEGRAM_BOT_TOKEN"),
        ("TELEGRAM_API_BASE_URL=ftp://x", "TELEGRAM_API_BASE_URL"),
        ("TELEGRAM_API_BASE_URL=https://x/bot", "TELEGRAM_API_BASE_URL"),
        ("TELEGRAM_API_BASE_URL=https://x:99999", "TELEGRAM_API_BASE_URL"),
        (f"WEBHOOK_URL=http://x WEBHOOK_SECRET={SECRET}", "WEBHOOK_URL"),
        (f"WEBHOOK_URL=https://x:8080 WEBHOOK_SECRET={SECRET}", "WEBHOOK_URL"),
        ("WEBHOOK_URL=https://x", "WEBHOOK_SECRET"),
        ("WEBHOOK_URL=https://x WEBHOOK_SECRET=short", "WEBHOOK_SECRET"),
        (f"WEBHOOK_URL=https://x WEBHOOK_SECRET={SECRET}!", "WEBHOOK_SECRET"),
        ("HTTP_PORT=eighty", "HTTP_PORT"),
        ("HTTP_PORT=65536", "HTTP_PORT"),
        ("HTTP_PORT=", "HTTP_PORT"),
        ("DATABASE_URL=postgres://u:p@h/d", "DATABASE_URL"),
        ("DATABASE_URL=sqlite://", "DATABASE_URL"),
        ("LLM_PROVIDER=gpt", "LLM_PROVIDER"),
        ("LLM_PROVIDER=gemini LLM_TIER=paid", "GEMINI_API_KEY"),
        ("LLM_PROVIDER=gemini-legacy LLM_TIER=paid", "GEMINI_API_KEY"),
        ("LLM_PROVIDER=openai-compatible", "OPENAI_BASE_URL"),
        ("LLM_PROVIDER=openai-compatible OPENAI_BASE_URL=http://127.0.0.1:1/v1", "LLM_MODEL"),
        ("LLM_TIER=unpaid", "LLM_TIER"),
        ("LLM_TIER=free PUBLIC=true", "LLM_TIER"),
        ("USER_MONTHLY_BUDGET_USD=-0.01", "USER_MONTHLY_BUDGET_USD"),
        ("DAILY_BUDGET_USD=nan", "DAILY_BUDGET_USD"),
        ("TRACE_TEXT=on", "TRACE_TEXT"),
        ("ALLOWED_USERS=@maria", "ALLOWED_USERS"),
        ("ALLOWED_USERS=12,-3", "ALLOWED_USERS"),
        ("ADMINS=1.5", "ADMINS"),
        ("PUBLIC=perhaps", "PUBLIC"),
        ("STEP_DEADLINE_S=0", "STEP_DEADLINE_S"),
        ("REPLY_TOTAL_S=inf", "REPLY_TOTAL_S"),
        ("BACKUP_KEEP_DAYS=0", "BACKUP_KEEP_DAYS"),
        ("LOG_LEVEL=LOUD", "LOG_LEVEL"),
        ("LOG_FORMAT=xml", "LOG_FORMAT"),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_what_is_expected(
    given: str, variable: str, monkeypatch: pytest.MonkeyPatch
):
    give(monkeypatch, given)

    error = refusal(settings.load)

    assert error.variable == variable
    assert error.expected
    assert str(error).splitlines() == [f"{variable}: expected {error.expected}"]


@pytest.mark.parametrize(
    ("given", "variable"),
    [
        ("", "TELEGRAM_BOT_TOKEN"),
        (f"TELEGRAM_BOT_TOKEN={TOKEN} PUBLIC=true", "OPERATOR_CONTACT"),
        (f"TELEGRAM_BOT_TOKEN={TOKEN} GEMINI_API_KEY=key-of-gemini", "LLM_TIER"),
    ],
    ids=["no token", "public without contact", "gemini without a tier"],
)
def test_a_bot_on_telegram_needs_more_than_other_commands(
    given: str, variable: str, monkeypatch: pytest.MonkeyPatch
):
    give(monkeypatch, given)

    assert settings.load()
    assert refusal(settings.for_run).variable == variable


def test_a_token_alone_is_enough_to_run(monkeypatch: pytest.MonkeyPatch):
    give(monkeypatch, f"TELEGRAM_BOT_TOKEN={TOKEN}")

    assert settings.for_run().token == TOKEN


def test_an_error_never_repeats_the_value_it_refuses(monkeypatch: pytest.MonkeyPatch):
    give(monkeypatch, "TELEGRAM_BOT_TOKEN=nearly-a-token DATABASE_URL=mysql://u:hush@h/d")

    error = refusal(settings.load)

    assert "nearly-a-token" not in f"{error}{error!r}"
    assert error.__cause__ is None
    assert error.__suppress_context__


def test_settings_do_not_show_their_secrets_when_they_are_printed(monkeypatch: pytest.MonkeyPatch):
    give(monkeypatch, f"TELEGRAM_BOT_TOKEN={TOKEN} DATABASE_URL=postgresql+psycopg://u:hush@h/d")

    read = settings.load()

    assert TOKEN not in repr(read)
    assert "hush" not in repr(read)
    assert set(read.secrets()) == {TOKEN, "hush"}


@pytest.mark.parametrize("name", setting_sources.SECRETS)
def test_a_secret_may_come_from_a_file(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    secret = {"TELEGRAM_BOT_TOKEN": TOKEN, "DATABASE_URL": "sqlite:///x.db"}.get(name, SECRET)
    path = tmp_path / "secret"
    path.write_text(f"{secret}\n")
    monkeypatch.setenv(f"{name}_FILE", str(path))

    assert getattr(settings.load(), name.lower()).get_secret_value() == secret


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe"], ids=["missing", "empty", "not text"])
def test_a_secret_file_that_cannot_be_used_is_named(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("GEMINI_API_KEY_FILE", str(path))

    assert refusal(settings.load).variable == "GEMINI_API_KEY_FILE"


def test_a_secret_given_twice_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    give(monkeypatch, f"OPIK_API_KEY=one-two-three OPIK_API_KEY_FILE={tmp_path}/key")

    assert refusal(settings.load).variable == "OPIK_API_KEY"


def test_the_environment_outweighs_the_env_file(env_file: Path, monkeypatch: pytest.MonkeyPatch):
    env_file.write_text("HTTP_PORT=1111\nHTTP_HOST='0.0.0.0'\n")
    give(monkeypatch, "HTTP_PORT=2222")

    read = settings.load()

    assert (read.http_port, read.http_host) == (2222, "0.0.0.0")


def test_a_slip_in_the_env_file_is_named_with_the_name_that_was_meant(env_file: Path):
    env_file.write_text("ALOWED_USERS=1\n")

    error = refusal(settings.load)

    assert error.variable == "ALOWED_USERS"
    assert "ALLOWED_USERS" in error.expected


def test_the_env_file_may_hold_what_other_tools_read(env_file: Path):
    env_file.write_text("COMPOSE_PROJECT_NAME=rein\nTZ=UTC\nhttps_proxy=http://x\n")

    assert settings.load() == Settings()


def test_an_env_file_that_is_not_text_is_named(env_file: Path):
    env_file.write_bytes(b"\xff\xfe\x00")

    assert refusal(settings.load).variable.endswith(".env")


def test_ids_may_be_spaced_and_may_be_none_at_all(env_file: Path):
    env_file.write_text("ALLOWED_USERS=1, 7000000001 ,\nADMINS=\n")

    read = settings.load()

    assert (read.allowed_users, read.admins) == ({1, 7_000_000_001}, frozenset())


@pytest.mark.parametrize(
    ("given", "provider"),
    [
        ("", "rules"),
        ("GEMINI_API_KEY=key-of-gemini", "gemini"),
        ("GEMINI_API_KEY=key-of-gemini LLM_PROVIDER=rules", "rules"),
        ("GEMINI_API_KEY=key-of-gemini LLM_PROVIDER=gemini-legacy", "gemini-legacy"),
    ],
)
def test_auto_means_gemini_where_there_is_a_key_and_the_rules_elsewhere(
    given: str, provider: str, monkeypatch: pytest.MonkeyPatch
):
    give(monkeypatch, given)

    assert settings.load().provider == provider


def test_the_demo_is_public_and_leaves_the_real_bot_alone(monkeypatch: pytest.MonkeyPatch):
    give(monkeypatch, "TELEGRAM_BOT_TOKEN=broken DATABASE_URL=sqlite:///real.db ALLOWED_USERS=x")
    give(monkeypatch, "WEBHOOK_URL=nowhere LOG_LEVEL=debug")

    read = settings.for_demo()

    assert read.public
    assert read.telegram_bot_token is None
    assert read.webhook_url is None
    assert read.allowed_users == frozenset()
    assert read.database_url.get_secret_value() == "sqlite:///data/rein.db"
    assert read.log_level == "DEBUG"
