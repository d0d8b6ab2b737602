import pytest

from bot.sandbox.bot_api.refusals import RefusedError


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List what the sandbox refuses by Telegram's rules while the test runs."""
    found: list[str] = []
    made = RefusedError.__init__

    def note(error: RefusedError, code: int, description: str) -> None:
        found.append(f"{code} {description}")
        made(error, code, description)

    monkeypatch.setattr(RefusedError, "__init__", note)
    return found
