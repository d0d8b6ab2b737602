import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from bot import doctor
from bot.doctor import Check
from bot.settings import Settings
from storage import erasures, opening
from tests.bot.conftest import TOKEN
from tests.bot.fakes import NOON
from tests.models.server import serving

NAMES = {
    "token", "model", "opik", "database", "key file", "erasures", "folder", "disk", "time zones",
    "clock",
    "helplines", "safety texts",
}  # fmt: skip


def chosen(folder: Path, root: str = "http://127.0.0.1:9", **given: Any) -> Settings:
    named: dict[str, Any] = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE_URL": root,
        "DATABASE_URL": f"sqlite:///{folder}/rein.db",
        "MASTER_KEY_FILE": str(folder / "master.key"),
        **given,
    }
    return Settings(**{name: value for name, value in named.items() if value is not None})


async def examine(settings: Settings) -> dict[str, Check]:
    checks = await asyncio.to_thread(doctor.examine, settings)
    return {check.name: check for check in checks}


async def test_a_healthy_house_is_called_so(root: str, tmp_path: Path):
    url = f"sqlite:///{tmp_path}/rein.db"
    opening.open_for_bot(url, tmp_path / "master.key", NOON).close()

    checks = await examine(chosen(tmp_path, root))

    assert set(checks) == NAMES
    assert doctor.healthy(checks.values())
    assert "@" in checks["token"].detail
    assert "none configured" in checks["model"].detail
    assert checks["key file"].ok


async def test_before_the_first_start_nothing_is_missing(root: str, tmp_path: Path):
    checks = await examine(chosen(tmp_path, root))

    assert doctor.healthy(checks.values())
    assert "the first start makes it" in checks["database"].detail
    assert not any(file.exists() for file in (tmp_path / "rein.db", tmp_path / "master.key"))


async def test_a_telegram_that_cannot_be_reached_is_named_with_what_to_do(tmp_path: Path):
    checks = await examine(chosen(tmp_path))

    assert not doctor.healthy(checks.values())
    assert "TELEGRAM_API_BASE_URL" in checks["token"].fix
    assert "NOT token" in doctor.render(checks.values())


async def test_a_missing_token_is_named(tmp_path: Path):
    checks = await examine(chosen(tmp_path, TELEGRAM_BOT_TOKEN=None))

    assert checks["token"] == Check(
        "token", False, "not set", "Set TELEGRAM_BOT_TOKEN to @BotFather's token"
    )


async def test_a_damaged_database_is_not_healthy(root: str, tmp_path: Path):
    (tmp_path / "rein.db").write_bytes(b"no database at all, whatever its name says" * 200)

    checks = await examine(chosen(tmp_path, root))

    assert not checks["database"].ok
    assert not doctor.healthy(checks.values())


@pytest.mark.parametrize(
    ("behaviour", "detail", "fix"),
    [
        ("answers", "openai-compatible, small, answered in", ""),
        ("401", "refused (HTTP 401)", "Check the key"),
        ("429", "rate limited", "quota"),
        ("503", "unavailable", "OPENAI_BASE_URL"),
        ("HTML", "broken answer", "something else answers"),
        ("empty", "empty", "another LLM_MODEL"),
        ("answer blocked", "blocked", "another LLM_MODEL"),
    ],
)
async def test_the_model_is_asked_for_a_word(behaviour: str, detail: str, fix: str, tmp_path: Path):
    async with serving(behaviour) as server:
        given = {"LLM_PROVIDER": "openai-compatible", "LLM_MODEL": "small"}
        settings = chosen(tmp_path, OPENAI_BASE_URL=f"{server.root}/v1", **given)
        check = (await examine(settings))["model"]

    assert detail in check.detail
    assert fix in check.fix
    assert check.ok == (behaviour == "answers")
    assert not check.vital


async def test_unverified_helplines_and_unread_safety_texts_are_told(root: str, tmp_path: Path):
    checks = await examine(chosen(tmp_path, root))

    assert not checks["helplines"].ok
    assert "es" in checks["safety texts"].detail
    assert not checks["helplines"].vital


async def test_a_key_file_that_others_can_read_is_told(root: str, tmp_path: Path):
    opening.open_for_bot(f"sqlite:///{tmp_path}/rein.db", tmp_path / "master.key", NOON).close()
    (tmp_path / "master.key").chmod(0o644)

    checks = await examine(chosen(tmp_path, root))

    assert "chmod 600" in checks["key file"].fix


async def test_an_erasure_that_files_still_tell_of_is_told(root: str, tmp_path: Path):
    opened = opening.open_for_bot(f"sqlite:///{tmp_path}/rein.db", tmp_path / "master.key", NOON)
    await opened.write(lambda tx: erasures.note(tx, "somebody", NOON))
    opened.close()

    check = (await examine(chosen(tmp_path, root)))["erasures"]

    assert check.detail.startswith("1 people are erased")
    assert not check.vital


async def test_the_machine_readable_form_has_the_published_keys(tmp_path: Path):
    checks = await asyncio.to_thread(doctor.examine, chosen(tmp_path))

    told = json.loads(json.dumps(doctor.as_json(checks)))

    assert set(told) == {"checks"}
    assert all(set(check) == {"name", "ok", "detail", "fix"} for check in told["checks"])


@pytest.mark.parametrize("secret", [TOKEN, "key-of-opik"])
async def test_no_secret_is_told(secret: str, root: str, tmp_path: Path):
    opik = {"OPIK_API_KEY": "key-of-opik", "OPIK_URL_OVERRIDE": "http://127.0.0.1:9"}
    checks = await examine(chosen(tmp_path, root, **opik))

    assert secret not in doctor.render(checks.values())
