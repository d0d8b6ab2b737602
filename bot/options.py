"""What a bot is made of: everything that settings, the demo, a test or a benchmark may choose."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.budget import Caps
from bot.clock import Clock
from bot.delivery.pacing import Limits
from bot.journey.house import Disclosure
from bot.maintenance import Backups
from bot.opik import Opik
from bot.roles import Role
from coach.experiments import Experiment
from coach.llm.port import Provider
from coach.llm.timing import Deadlines
from storage.opening import Files


@dataclass(frozen=True, slots=True)
class WebhookAddress:
    """Where Telegram brings updates, and the secret it shows; without one the bot polls."""

    url: str
    secret: str


@dataclass(frozen=True, slots=True)
class Options:
    """What a bot is made of; everything a test or the demo may want otherwise."""

    token: str
    telegram_root: str
    database_url: str
    key_file: Path
    clock: Clock
    public: bool = False
    allowed: frozenset[int] = frozenset()
    admins: frozenset[int] = frozenset()
    model: Provider | None = None
    judge: str = ""  # the model that scores
    deadlines: Deadlines = field(default_factory=Deadlines)
    caps: Caps = field(default_factory=Caps)
    limits: Limits = field(default_factory=Limits)
    http: tuple[str, int] | None = None  # where health and the webhook are served
    webhook: WebhookAddress | None = None
    backups: Backups | None = None
    erased_file: Path | None = None  # tombstones; beside the database where it is not said
    disclosure: Disclosure = field(default_factory=Disclosure)
    opik: Opik | None = None  # where traces go, if anywhere
    experiments: tuple[Experiment, ...] = ()  # prompts on trial
    role: Role = Role.ALL
    clock_may_be_set: bool = True  # False: it only jumps on purpose, as the sandbox's does
    on_claim_code: Callable[[str], None] = print

    @property
    def files(self) -> Files:
        """Name the files that belong to the database."""
        return Files(self.backups.folder if self.backups else None, self.erased_file)
