"""The coach as one turn has it."""

from collections.abc import Callable
from dataclasses import dataclass

from coach.coach import Coach
from coach.llm.caller import Caller
from coach.steps.coaching_reply import Watch
from storage.ledger import Call


@dataclass(frozen=True, slots=True)
class Coaching:
    """Whom a coach works for, who looks on, and what it did until now, for the ledger."""

    coach: Coach
    caller: Caller
    calls: list[Call]
    on_begin: Callable[[], None]  # called before a model is asked
    watch: Watch

    def begin(self) -> None:
        """Let it be seen that a model is at work, if there is one."""
        if self.coach.has_model:
            self.on_begin()
