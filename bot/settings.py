"""What the operator may set: read once, from the environment and from `.env`.

`load` checks every value and what must hold for any command, `for_run` also what a bot on
Telegram needs, and `for_demo` leaves a real bot's settings alone. The first thing wrong
becomes a `SettingsError`, which names the variable and what is expected of it and never
repeats the value: it may be a secret.
"""

import os
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import unquote, urlsplit

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot import setting_forms as form
from bot.setting_sources import SECRETS, Given, SettingsError

__all__ = ["Settings", "SettingsError", "for_demo", "for_run", "load"]

_REAL_BOT = (
    "TELEGRAM_BOT_TOKEN",
    "TELEGRAM_API_BASE_URL",
    "WEBHOOK_URL",
    "WEBHOOK_SECRET",
    "HTTP_HOST",
    "HTTP_PORT",
    "DATABASE_URL",
    "ALLOWED_USERS",
    "ADMINS",
    "MASTER_KEY_FILE",
    "ERASED_FILE",
    "OPERATOR_CONTACT",
    "BACKUP_DIR",
    "BACKUP_KEEP_DAYS",
    "LLM_TIER",
)


class Settings(BaseSettings):
    """Every setting, in its proper type; the attribute is the variable in lower case."""

    model_config = SettingsConfigDict(
        alias_generator=str.upper,
        populate_by_name=True,
        case_sensitive=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    telegram_bot_token: form.Token | None = Field(
        default=None, description="The bot's token from @BotFather; `rein run` needs it."
    )
    telegram_api_base_url: form.BotApiRoot = Field(
        default="https://api.telegram.org", description="Root of a Bot API server, without /bot."
    )
    webhook_url: form.WebhookAddress | None = Field(
        default=None, description="Public address of the webhook; without it the bot polls."
    )
    webhook_secret: form.WebhookSecret | None = Field(
        default=None, description="Shared with Telegram alone; required with WEBHOOK_URL."
    )
    http_host: form.Host = Field(
        default="127.0.0.1", description="Where /healthz, /readyz and the webhook listen."
    )
    http_port: form.Port = Field(default=8080, description="Their port.")
    database_url: form.Database = Field(
        default=SecretStr("sqlite:///data/rein.db"),
        description="sqlite:///path or postgresql+psycopg://user:password@host/name.",
    )
    llm_provider: form.Provider = Field(
        default="auto", description="Who words the coach's answers."
    )
    gemini_api_key: form.ApiKey | None = Field(default=None, description="Key of the Gemini API.")
    gemini_base_url: form.WebAddress | None = Field(
        default=None, description="Another root for the Gemini API."
    )
    openai_base_url: form.WebAddress | None = Field(
        default=None, description="Root of an OpenAI-compatible server, most often with /v1."
    )
    openai_api_key: form.ApiKey | None = Field(default=None, description="Its key.")
    llm_model: form.Model = Field(
        default="gemini-3.1-flash-lite", description="The model that answers."
    )
    llm_judge_model: form.Model = Field(
        default="gemini-3.8-flash", description="The model that scores."
    )
    llm_tier: form.Tier | None = Field(
        default=None,
        description="Your Gemini plan; required with Gemini. free refuses PUBLIC=true.",
    )
    user_monthly_budget_usd: form.Dollars = Field(
        default=Decimal("0.01"),
        description="Most a person's month may cost; then the rules answer.",
    )
    daily_budget_usd: form.Dollars = Field(
        default=Decimal("1.00"), description="Most a day may cost, all people together."
    )
    opik_api_key: form.ApiKey | None = Field(
        default=None, description="Opik's key; with it, or OPIK_URL_OVERRIDE, turns are traced."
    )
    opik_url_override: form.WebAddress | None = Field(
        default=None, description="Root of an Opik server of your own, with /api or without."
    )
    opik_workspace: form.Name | None = Field(
        default=None, description="Workspace in Opik; comet.com asks for one."
    )
    opik_project_name: form.Name = Field(default="rein", description="Project in Opik.")
    experiments_file: form.File | None = Field(
        default=None, description="Prompts on trial, as docs/how-to/run-an-experiment.md says."
    )
    trace_text: form.TraceText = Field(
        default="off", description="redacted puts words, masked, into traces; off never does."
    )
    allowed_users: form.Ids = Field(
        default=frozenset(), description="Telegram ids of the people who may use the bot."
    )
    admins: form.Ids = Field(
        default=frozenset(), description="Telegram ids of those who may invite others."
    )
    public: form.YesOrNo = Field(default=False, description="true lets everyone in.")
    master_key_file: form.File | None = Field(
        default=None, description="Key that wraps each person's key; generated at first start."
    )
    erased_file: form.File | None = Field(
        default=None,
        description="Keyed hashes of erased people; beside the SQLite file, else beside the key.",
    )
    reply_first_token_s: form.Seconds = Field(
        default=2.5, description="Longest wait for the first word of a reply."
    )
    reply_total_s: form.Seconds = Field(default=12, description="Longest wait for a whole reply.")
    step_deadline_s: form.Seconds = Field(
        default=6, description="Longest wait for a resolution or a plan."
    )
    operator_contact: form.Name | None = Field(
        default=None, description="How people reach you; required with PUBLIC=true."
    )
    backup_dir: form.Folder | None = Field(
        default=None, description="Nightly backups of a SQLite database go here."
    )
    backup_keep_days: form.Days = Field(default=14, description="How long backups are kept.")
    log_level: form.LogLevel = Field(default="INFO", description="The least that is logged.")
    log_format: form.LogFormat = Field(
        default="auto", description="auto is console on a terminal and json elsewhere."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read through `Given`, which also knows NAME_FILE and refuses what is unknown."""
        return (init_settings, Given(settings_cls))

    @model_validator(mode="after")
    def _agree(self) -> Self:
        """Check what must hold between settings, whatever the command."""
        if self.webhook_url and not self.webhook_secret:
            raise form.unmet(f"{form.WEBHOOK_SECRET}, with WEBHOOK_URL", "WEBHOOK_SECRET")
        if self.llm_provider.startswith("gemini") and not self.gemini_api_key:
            raise form.unmet(f"a key, with LLM_PROVIDER={self.llm_provider}", "GEMINI_API_KEY")
        if self.llm_provider == "openai-compatible" and not self.openai_base_url:
            raise form.unmet("an address, with LLM_PROVIDER=openai-compatible", "OPENAI_BASE_URL")
        if self.llm_provider == "openai-compatible" and "llm_model" not in self.model_fields_set:
            raise form.unmet("the name of a model that your server has", "LLM_MODEL")
        if self.llm_tier == "free" and self.public:
            raise form.unmet(
                "paid, with PUBLIC=true: free plans are not for the public", "LLM_TIER"
            )
        return self

    @property
    def token(self) -> str:
        """The bot's token in the clear; a `SettingsError` when there is none."""
        if self.telegram_bot_token is None:
            raise SettingsError("TELEGRAM_BOT_TOKEN", form.TOKEN)
        return self.telegram_bot_token.get_secret_value()

    @property
    def provider(self) -> Literal["gemini", "gemini-legacy", "openai-compatible", "rules"]:
        """Who words the answers, with `auto` decided."""
        if self.llm_provider != "auto":
            return self.llm_provider
        return "gemini" if self.gemini_api_key else "rules"

    @property
    def key_file(self) -> Path:
        """Where the master key lies: as set, or in the user's configuration folder."""
        folder = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        return self.master_key_file or folder / "rein" / "master.key"

    def secrets(self) -> tuple[str, ...]:
        """Return every secret in the clear, for the logs to leave out."""
        keys = (getattr(self, name.lower()) for name in SECRETS if name != "DATABASE_URL")
        password = urlsplit(self.database_url.get_secret_value()).password
        secrets = [key.get_secret_value() for key in keys if key]
        return (*secrets, password, unquote(password)) if password else tuple(secrets)


def load() -> Settings:
    """Read the settings that any command can work with."""
    return _settings()


def for_run() -> Settings:
    """Read the settings of a bot on Telegram."""
    settings = _settings()
    if settings.telegram_bot_token is None:
        raise SettingsError("TELEGRAM_BOT_TOKEN", form.TOKEN)
    if settings.public and not settings.operator_contact:
        raise SettingsError("OPERATOR_CONTACT", "how people reach you, with PUBLIC=true")
    if settings.provider.startswith("gemini") and settings.llm_tier is None:
        raise SettingsError("LLM_TIER", "paid or free: what your Gemini key is")
    return settings


def for_demo() -> Settings:
    """Read the settings of a demo, which is open to all on this machine.

    The real bot's token, database, key and people are not even looked at.
    """
    fields = Settings.model_fields
    untouched = {name: fields[name.lower()].default for name in _REAL_BOT}
    return _settings(**untouched, PUBLIC=True)


def _settings(**chosen: Any) -> Settings:
    try:
        return Settings(**chosen)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        context = first.get("ctx", {})
        variable = context.get("variable") or str(first["loc"][0])
        raise SettingsError(variable, context.get("expected", first["msg"])) from None
