"""What can go wrong with a model: one taxonomy for every provider."""

from datetime import timedelta


class ModelError(Exception):
    """The model gave no usable answer; the rules answer instead. Its text holds nobody's words."""

    kind = "broken"
    passing = False  # whether the same call may go well a moment later
    charged = True  # whether the provider may want money for it all the same


class RateLimitedError(ModelError):
    """Too many calls (429); *retry_after* is what the provider asked for, if it did."""

    kind, passing, charged = "rate_limited", True, False

    def __init__(self, what: str = "", retry_after: timedelta | None = None) -> None:
        super().__init__(what)
        self.retry_after = retry_after


class UnavailableError(ModelError):
    """The provider is down (5xx), or its connection was refused or cut."""

    kind, passing, charged = "unavailable", True, False


class TooLateError(ModelError):
    """No answer, or no first token, in time."""

    kind = "too_late"


class BrokenAnswerError(ModelError):
    """What came is no answer: HTML, cut JSON, a shape that was not asked for."""

    kind, passing = "broken_answer", True


class EmptyAnswerError(ModelError):
    """An answer without a word in it."""

    kind = "empty"


class BlockedError(ModelError):
    """The provider's own safety filter refused the prompt or the answer."""

    kind = "blocked"


class RefusedError(ModelError):
    """The provider does not take our request (400, 401, 403, 404): the operator's to mend."""

    kind, charged = "refused", False


class OverBudgetError(ModelError):
    """The person's month or everybody's day is spent; nothing was called."""

    kind = "over_budget"


class BreakerOpenError(ModelError):
    """The provider failed too often a moment ago; nothing was called."""

    kind = "breaker_open"


class AgainstRulesError(ModelError):
    """A well-formed answer that fails our checks; *weakness* names what is wrong with it."""

    kind = "against_rules"

    def __init__(self, weakness: str) -> None:
        super().__init__(weakness)
        self.weakness = weakness


_ITS_FAULTS = (
    RateLimitedError,
    UnavailableError,
    TooLateError,
    BrokenAnswerError,
    EmptyAnswerError,
    RefusedError,
)
FAULTS = frozenset(error.kind for error in _ITS_FAULTS)
"""Kinds that are the provider's fault, or its operator's. A block is not: it tells of a text."""
