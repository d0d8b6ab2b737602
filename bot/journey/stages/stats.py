"""/stats: somebody's own figures, in words and as a picture. Facts first, and nothing to regret."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.journey import local
from bot.journey.content import Content, WeekView
from bot.journey.conversation import Conversation
from bot.journey.effects import Button, ShowChart
from bot.journey.events import Command, Occasion, OccasionTapped
from bot.journey.found import DaysFound, GoalState, KnownGoal
from bot.journey.pictures import (
    AskStats,
    Chart,
    StarsGiven,
    StatsFound,
    Track,
    WeekTold,
)
from bot.journey.stages import occasions
from bot.journey.step import Step, say, text
from coach import lived, samples, strength
from coach.lived import KEPT, Lived
from coach.weeks import DayState

WEEKS = 4
"""How many weeks are drawn, and counted together."""

_SPAN = timedelta(weeks=WEEKS)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of a goal, and what is drawn of it."""

    lines: tuple[Content, ...]
    track: Track | None = None


def look_up(conversation: Conversation, _: Command) -> Step:
    """Look up what there is to tell."""
    return Step(conversation, (AskStats(),))


def tell(conversation: Conversation, found: StatsFound) -> Step:
    """Tell it in words; a picture follows them where there is something to draw."""
    today = local.today(conversation, found.at)
    told = [_goal(known, today) for known in occasions.living(found.goals)]
    lines = [line for one in told for line in one.lines] or [text("stats.none")]
    finished = sum(one.state is GoalState.DONE for one in found.goals)
    if finished:
        lines.append(text("stats.finished", n=finished))
    if conversation.preferences.pause is not None:
        lines.append(text("stats.paused"))
    said = say(text("stats.heading", day=today), *lines, *_stars(found.stars))
    tracks = tuple(one.track for one in told if one.track is not None)
    if not tracks:
        return Step(conversation, (said,))
    enough = sum(found.stars.lately.values()) >= samples.ENOUGH
    return Step(conversation, (said, _picture(tracks, found.stars if enough else None)))


def button(occasion: Occasion) -> Button:
    """Offer one goal's figures and picture: under what came unasked, they follow when wanted."""
    return Button(text("stats.show"), "wp", about=occasion)


def draw(conversation: Conversation, found: DaysFound) -> Step:
    """Tell how one goal goes, with its picture if there is something to draw."""
    cause = found.cause
    tapped = isinstance(cause, OccasionTapped)
    known = occasions.goal_of(found, cause.occasion.goal) if tapped else None
    if known is None:
        return Step(conversation, (say("check_in.gone"),))
    told = _goal(known, local.today(conversation, found.at))
    drawn = () if told.track is None else (_picture((told.track,)),)
    return Step(conversation, (say(*told.lines), *drawn))


def _picture(tracks: tuple[Track, ...], stars: StarsGiven | None = None) -> ShowChart:
    return ShowChart(Chart(tracks, stars), tuple(_alternative(track) for track in tracks))


def _alternative(track: Track) -> Content:
    now = track.weeks[-1]
    weeks = " · ".join(f"{week.done}/{week.planned}" for week in track.weeks)
    return text("stats.picture", title=track.title, done=now.done, planned=now.planned, weeks=weeks)


def _goal(known: KnownGoal, today: date) -> _Told:
    life, title = known.life, known.title
    if life is None:
        return _Told(())
    number, weeks = life.week_on(today), life.plan.weeks
    if number == 0:
        return _Told((text("stats.begins", title=title, day=weeks[0].start),))
    if number > len(weeks):
        done, planned = lived.so_far(life, today)
        return _Told((text("stats.over", title=title, done=done, planned=planned),))
    days = life.days(number, today)
    told = tuple(_week(life, n, today) for n in range(max(1, number - WEEKS + 1), number + 1))
    track = Track(title, weeks[number - 1].start, days, told)
    return _Told(tuple(_lines(life, track, today)), track)


def _week(life: Lived, number: int, today: date) -> WeekTold:
    states = [day.state for day in life.days(number, today)]
    return WeekTold(
        life.plan.weeks[number - 1].start,
        planned=lived.planned(life, number, today),
        done=sum(state in KEPT for state in states),
        unanswered=states.count(DayState.UNANSWERED),
        to_come=states.count(DayState.NOT_DUE),
        let_go=states.count(DayState.SKIPPED),
    )


def _this_week(track: Track) -> Iterator[Content]:
    now = track.weeks[-1]
    if now.planned:
        yield text("stats.week", title=track.title, done=now.done, planned=now.planned)
    else:
        key = "stats.let_go_week" if now.let_go else "stats.free"
        yield text(key, title=track.title)
    if track.days:
        yield WeekView(track.days)


def _lines(life: Lived, track: Track, today: date) -> Iterator[Content]:
    yield from _this_week(track)
    done, planned = _counted(life, today, timedelta())
    if planned:
        yield text("stats.four_weeks", done=done, planned=planned)
    unanswered = sum(week.unanswered for week in track.weeks)
    if unanswered:
        yield text("stats.unanswered", n=unanswered)
    let_go = sum(week.let_go for week in track.weeks)
    if let_go:
        yield text("stats.let_go", n=let_go)
    done, planned = _counted(life, today, _SPAN)
    if planned:
        yield text("stats.before", done=done, planned=planned)
    strong = strength.of(lived.days_until(life, today))
    if strong is not None:
        half = strength.HALF_LIFE
        yield text("stats.strength", score=strong.score, n=strong.n, half=half)
    returns = lived.returns(life, today)
    if returns:
        yield text("stats.came_back", n=returns)


def _counted(life: Lived, today: date, ago: timedelta) -> tuple[int, int]:
    """Count the sessions done and due in the four weeks that ended so long *ago*.

    What was let go was not due.
    """
    last = today - ago
    due = [day for day in lived.days_until(life, today) if last - _SPAN < day.on <= last]
    return sum(day.state in KEPT for day in due), sum(map(lived.counts, due))


def _stars(given: StarsGiven) -> Iterator[Content]:
    lately, before = samples.of_counts(given.lately), samples.of_counts(given.before)
    mean, earlier = lately.mean(), before.mean()
    if mean is None:
        key = "stats.few_stars" if lately.n else "stats.no_stars"
        yield text(key, n=lately.n, days=given.days)
        return
    yield text("stats.stars", mean=round(mean.value, 1), n=mean.n, days=given.days)
    change = samples.difference(lately, before)
    if earlier is None or change is None:
        return
    way = "same" if not change.is_clear else "more" if change.value > 0 else "fewer"
    yield text(f"stats.stars.{way}", mean=round(earlier.value, 1), n=earlier.n, days=given.days)
