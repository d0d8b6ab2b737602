"""Traces of turns: which there are, and what their roots tell.

Figures and codes of ours always; what was said only where words are wanted, and never around
danger or before somebody agreed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.clock import Clock
from bot.journey.conversation import Conversation, Stage, behind
from bot.journey.effects import Effect, Say
from bot.journey.events import Command, Event, Pressed, Rated, Said, Subject
from bot.journey.keeps import KeepAnswer
from bot.journey.stages import consent
from bot.outgoing import plain
from coach.steps import safety_triage
from coach.tracing import Trace
from coach.values import MODEL, RULES
from storage.origin import Origin
from storage.people import Person

LOOKED_BACK = frozenset({Rated.REVIEW, Rated.FINISH, Rated.SESSION})
"""What a turn may show to be rated without having asked the coach."""


@dataclass(frozen=True, slots=True)
class Traces:
    """How turns are traced, and by which *version* of ours; *words*: with what was said, masked."""

    words: bool = False
    version: str = ""

    def begin(self, origin: Origin, person: Person, clock: Clock) -> Trace:
        """Begin the trace of a turn; its times count from now and do not jump with the clock."""
        began, mark = clock.now(), clock.elapsed()
        trace = Trace(
            origin.turn_id,
            person.thread_id,
            lambda: began + (clock.elapsed() - mark),
            words=self.words,
        )
        trace.root.note(version=self.version)
        return trace

    def more(self, trace_id: str, person: Person, clock: Clock) -> Trace:
        """Begin what joins the trace of an earlier turn: spans without a root of their own."""
        return self.begin(Origin(trace_id, clock.now()), person, clock)


def may_be_kept(conversation: Conversation) -> bool:
    """Tell whether something may be told of somebody who stands here: once they have agreed."""
    return behind(conversation) is not Stage.CONSENT


def is_worth_keeping(trace: Trace, after: Conversation, effects: Iterable[Effect]) -> bool:
    """Tell whether a turn used the coach, or made something to rate, for who has agreed."""
    makes = any(isinstance(one, KeepAnswer) or _rated(one) in LOOKED_BACK for one in effects)
    return may_be_kept(after) and (makes or bool(trace.spans))


def _rated(effect: Effect) -> Rated | None:
    stars = effect.stars if isinstance(effect, Say) else None
    return stars.rated if isinstance(stars, Subject) else stars


def may_hold_words(before: Conversation) -> bool:
    """Tell whether words may be told of a turn that began here: they had agreed to just that."""
    return may_be_kept(before) and consent.covers(before)


def describe(
    trace: Trace, event: Event, before: Conversation, after: Conversation, *, private: bool
) -> None:
    """Tell a trace's root what the turn was; not where it led where that is *private*."""
    trace.root.note(
        event=type(event).__name__.lower(),
        language=after.language,
        mode=_mode(trace),
        stage_before=None if private else before.stage,
        stage_after=None if private else after.stage,
    )
    trace.root.given(_heard(event))


def shown(trace: Trace, texts: list[str]) -> None:
    """Tell a trace's root what was said, given as HTML."""
    trace.root.said(lambda: plain("\n\n".join(texts)) or None)


def _mode(trace: Trace) -> str:
    """Tell who answered: a model, if it did some step besides looking for danger."""
    steps = (span for span in trace.spans if span.parent_id is None)
    modes = {s.metadata.get("mode") for s in steps if s.name != safety_triage.STEP.name}
    return MODEL if MODEL in modes else RULES


def _heard(event: Event) -> str | None:
    match event:
        case Said():
            return event.text
        case Command():
            return f"/{event.name} {event.argument}".rstrip()
        case Pressed():
            return event.label or None
        case _:
            return None
