"""The service: the bot on Telegram, as an operator runs it."""

import asyncio
import gc
import logging
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from bot import experiment_file, logs, models, opik, settings, signals
from bot.app import open_database, running_on
from bot.background import Background, unless
from bot.budget import Caps
from bot.clock import SystemClock
from bot.journey.house import Disclosure
from bot.maintenance import Backups
from bot.options import Options, WebhookAddress
from bot.roles import Role
from bot.settings import Settings
from coach.llm.timing import Deadlines
from storage import keys
from storage.database import Database

log = logging.getLogger(__name__)


def run(role: Role = Role.ALL) -> None:
    """Run the bot, or one role of it, until it is asked to stop."""
    chosen = settings.for_run()
    logs.configure(level=chosen.log_level, log_format=chosen.log_format, secrets=chosen.secrets())
    logs.catch_crashes()
    if chosen.key_file.exists() and keys.others_can_read(chosen.key_file):
        log.warning("others can read the master key file", extra={"path": str(chosen.key_file)})
    serve(replace(options(chosen), role=role))


def serve(chosen: Options) -> None:
    """Run a bot until it is asked to stop, and then leave at once.

    Until the database is open, a signal ends `rein run` where it stands (`bot.signals.at_once`): a
    check or a migration may take long, and the next start finds all as before its last step.
    """
    asyncio.run(_run(chosen, open_database(chosen)))
    # At its end Python would look once more through all that is loaded: seconds, with Opik.
    gc.freeze()


def options(chosen: Settings) -> Options:
    """Make a bot's options of the operator's settings."""
    backups = None
    if chosen.backup_dir is not None:
        backups = Backups(chosen.backup_dir, timedelta(days=chosen.backup_keep_days))
    webhook = None
    if chosen.webhook_url and chosen.webhook_secret:
        webhook = WebhookAddress(chosen.webhook_url, chosen.webhook_secret.get_secret_value())
    made = Options(
        token=chosen.token,
        telegram_root=chosen.telegram_api_base_url,
        database_url=chosen.database_url.get_secret_value(),
        key_file=chosen.key_file,
        clock=SystemClock(),
        public=chosen.public,
        allowed=chosen.allowed_users,
        admins=chosen.admins,
        backups=backups,
        erased_file=chosen.erased_file,
        http=(chosen.http_host, chosen.http_port),
        webhook=webhook,
        opik=opik.of(chosen),
        on_claim_code=_tell_claim_code,
    )
    return with_model(made, chosen)


def with_model(made: Options, chosen: Settings) -> Options:
    """Add to a bot's options the model of these settings, with its limits and prompts."""
    return replace(
        made,
        model=models.provider(chosen),
        judge=models.judge(chosen),
        deadlines=Deadlines(
            first_token=timedelta(seconds=chosen.reply_first_token_s),
            total=timedelta(seconds=chosen.reply_total_s),
            step=timedelta(seconds=chosen.step_deadline_s),
        ),
        caps=Caps(chosen.user_monthly_budget_usd, chosen.daily_budget_usd),
        experiments=experiment_file.read(chosen.experiments_file),
        disclosure=disclosure(chosen),
    )


def disclosure(chosen: Settings) -> Disclosure:
    """Say what people have a right to know of these settings."""
    providers = {
        "gemini": "Google (Gemini)",
        "gemini-legacy": "Google (Gemini)",
        "openai-compatible": urlsplit(chosen.openai_base_url or "").hostname or "",
        "rules": "",
    }
    traced = opik.of(chosen)
    where = urlsplit(chosen.opik_url_override or "").hostname or "Opik (comet.com)"
    return Disclosure(
        provider=providers[chosen.provider],
        free_tier=chosen.llm_tier == "free",
        tracing=where if traced else "",
        traces_words=traced is not None and traced.words,
        contact=chosen.operator_contact or "",
        backup_days=chosen.backup_keep_days if chosen.backup_dir is not None else 0,
    )


async def _run(chosen: Options, database: Database) -> None:
    logs.catch_loop_errors(asyncio.get_running_loop())
    await unless(signals.stop_event(), _work(chosen, database))
    log.info("stopped")


async def _work(chosen: Options, database: Database) -> None:
    background = Background()
    async with running_on(database, chosen, background) as parts:
        log.info("running", extra={"bot": parts.username, "role": chosen.role})
        await background.watch()


def _tell_claim_code(code: str) -> None:
    print(f"Nobody owns this bot yet. Send it within an hour: /start {code}", flush=True)
