"""Somebody's own figures: how they are looked up, and what is drawn of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.journey.events import Event
from bot.journey.found import KnownGoal
from coach.weeks import Day


@dataclass(frozen=True, slots=True)
class StarsGiven:
    """Stars somebody gave in the last *days* days, and in as many before: how often each number."""

    days: int
    lately: Mapping[int, int]
    before: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class WeekTold:
    """A week's sessions by what is known of them; the others were told of as not done.

    What was *let_go* is not among the *planned*.
    """

    start: date
    planned: int
    done: int  # small and partly ones included
    unanswered: int = 0
    to_come: int = 0
    let_go: int = 0


@dataclass(frozen=True, slots=True)
class Track:
    """A goal as it is drawn: this week's sessions, and the last weeks up to this one."""

    title: str
    start: date  # of this week
    days: tuple[Day, ...]
    weeks: tuple[WeekTold, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What a picture shows; *stars* is left out where they are few."""

    tracks: tuple[Track, ...]
    stars: StarsGiven | None = None


@dataclass(frozen=True, slots=True)
class AskStats:
    """Look up how the person's goals go and what stars they gave → StatsFound."""


@dataclass(frozen=True, slots=True)
class StatsFound(Event):
    """The person's goals, and the stars they gave."""

    goals: tuple[KnownGoal, ...]
    stars: StarsGiven
