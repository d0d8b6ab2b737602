"""Where settings come from: the environment, then `.env`, then the files of secrets."""

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
)

ENV_FILE = Path(".env")
SECRETS = (
    "TELEGRAM_BOT_TOKEN",
    "WEBHOOK_SECRET",
    "GEMINI_API_KEY",
    "OPENAI_API_KEY",
    "OPIK_API_KEY",
    "DATABASE_URL",
)
"""What may be given as a file instead: NAME_FILE is its path."""
_MAY_BE_EMPTY = ("ALLOWED_USERS", "ADMINS")
# Names that others read from the same file: compose, make, the C library, Opik, proxies.
_NOT_OURS = re.compile(r"(COMPOSE|DOCKER|OPIK)_\w+|TZ|PORT|PYTHON\w*|FAILPOINTS|(?i:\w+_proxy)")


class SettingsError(Exception):
    """The operator's to mend: one variable is not what is expected."""

    exit_code = 2

    def __init__(self, variable: str, expected: str) -> None:
        super().__init__(variable, expected)
        self.variable = variable
        self.expected = expected

    def __str__(self) -> str:
        return f"{self.variable}: expected {self.expected}"


class Given(PydanticBaseSettingsSource):
    """All that the operator gives; a name that `.env` alone knows is refused as a slip."""

    def __init__(self, settings_cls: type[BaseSettings]) -> None:
        super().__init__(settings_cls)
        self._names = [name.upper() for name in settings_cls.model_fields]
        written = _written(settings_cls)
        self._refuse_slips(written)
        self._values = {**written, **EnvSettingsSource(settings_cls).env_vars}

    def __call__(self) -> dict[str, Any]:
        """Return each setting that is given and that the program did not pass itself."""
        wanted = [name for name in self._names if name not in self.current_state]
        return {name: value for name in wanted if (value := self._value(name)) is not None}

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """Return what is given for one field, under the name of its variable."""
        return self._value(field_name.upper()), field_name.upper(), False

    def _value(self, name: str) -> str | None:
        value = self._values.get(name)
        path = self._values.get(f"{name}_FILE") if name in SECRETS else None
        if path is not None:
            if value is not None:
                raise SettingsError(name, f"this or {name}_FILE, not both")
            return _read(f"{name}_FILE", path)
        if value is not None and not value.strip() and name not in _MAY_BE_EMPTY:
            raise SettingsError(name, "a value; leave the line out to have the default")
        return value and value.strip()

    def _refuse_slips(self, written: Mapping[str, str | None]) -> None:
        known = [*self._names, *(f"{name}_FILE" for name in SECRETS)]
        for name in written:
            if name not in known and not _NOT_OURS.fullmatch(name):
                near = difflib.get_close_matches(name, known, n=1) or ["one of .env.example"]
                raise SettingsError(name, f"a setting of Rein in {ENV_FILE}, perhaps {near[0]}")


def _written(settings_cls: type[BaseSettings]) -> Mapping[str, str | None]:
    try:
        return DotEnvSettingsSource(settings_cls, env_file=ENV_FILE).env_vars
    except (OSError, UnicodeDecodeError):
        raise SettingsError(str(ENV_FILE), "a text file that Rein may read") from None


def _read(variable: str, path: str) -> str:
    try:
        secret = Path(path).expanduser().read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        secret = ""
    if not secret:
        raise SettingsError(variable, "the path of a readable text file that is not empty")
    return secret
