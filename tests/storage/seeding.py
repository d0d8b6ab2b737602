"""Weeks of a small installation, as the bot would have stored them; the same every time."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from coach.llm.port import Usage
from coach.values import MODEL, RULES, RULES_VERSION, Drafted, Scores
from coach.weeks import DayState
from storage import (
    answers,
    evaluations,
    goals,
    ids,
    ledger,
    messages,
    nudges,
    people,
    plans,
    ratings,
    turns,
)
from storage.answers import Answer
from storage.ledger import Call
from storage.messages import Direction, Message
from storage.nudges import Nudge
from storage.origin import Origin
from storage.people import Person
from storage.subjects import Subject, SubjectKind
from storage.transaction import Transaction
from storage.turns import Outcome, Turn
from tests.storage import examples
from tests.storage.conftest import NOW

STARS = (1, 2, 3, 4, 4, 4, 5, 5, 5, 5)
REASONS = ("ge", "lo", "lo", "to", "wr", "ir")
ERRORS = ("timeout", "rate_limited", "server", "unreadable")
STEPS = {
    SubjectKind.RESOLUTION: "generate_resolution",
    SubjectKind.PLAN: "create_plan",
    SubjectKind.REPLY: "coaching_reply",
    SubjectKind.REVIEW: "adapt_week",
}
ASPECTS = {
    SubjectKind.RESOLUTION: ("clarity", (0, 1, 1, 1)),
    SubjectKind.PLAN: ("feasibility", (2, 3, 4, 5)),
    SubjectKind.REPLY: ("helpfulness", (0, 1, 1, 1)),
    SubjectKind.REVIEW: ("motivation", (0, 1, 1)),
}
DIMENSIONS = {
    SubjectKind.RESOLUTION: ("clarity", "specificity", "measurability"),
    SubjectKind.PLAN: ("feasibility", "clarity", "motivation"),
    SubjectKind.REPLY: ("helpfulness", "relevance"),
    SubjectKind.REVIEW: (),
}


@dataclass
class Town:
    """Somebody's days after days, turn by turn."""

    transaction: Transaction
    seed: int = 7
    traced: bool = True
    chance: Random = field(init=False)
    turns: int = 0

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)

    def live(self, person: Person, days: int, until: datetime = NOW) -> None:
        """Have somebody set a goal *days* days ago, and come back on most days since."""
        begun = until - timedelta(days=days - 1)
        goal_id = ids.new()
        goals.create(self.transaction, person, goal_id, examples.UNDERSTANDING, begun)
        self._made(person, Subject(SubjectKind.RESOLUTION, str(goal_id)), begun)
        self._made(person, Subject(SubjectKind.PLAN, str(goal_id)), begun + timedelta(minutes=2))
        for day in range(1, days):
            self._day(person, goal_id, begun + timedelta(days=day))

    def _day(self, person: Person, goal_id: int, day: datetime) -> None:
        if self.chance.random() < 0.15:
            return
        for taps in range(self.chance.randint(1, 3)):
            self._tap(person, day + timedelta(minutes=taps))
        state = self.chance.choice((DayState.DONE, DayState.DONE, DayState.SMALL, DayState.MISSED))
        reason = self.chance.choice(("ti", "tm", "fo")) if state is DayState.MISSED else None
        told = self._turn(person, day)
        self._nudge(person, day, told)
        answers.keep(self.transaction, person, Answer(goal_id, day.date(), 0, state, reason), told)
        if self.chance.random() < 0.6:
            self._made(person, Subject(SubjectKind.REPLY, ""), day + timedelta(minutes=9))
        if day.weekday() == 6:
            self._made(person, Subject(SubjectKind.REVIEW, ""), day + timedelta(minutes=12))

    def _nudge(self, person: Person, day: datetime, origin: Origin) -> None:
        """Ask unasked; some answer soon, some late, and some letters never arrive."""
        n = day.toordinal() + self.turns
        kind = "review" if day.weekday() == 6 else "session"
        key = f"nudge:{person.id}:{day:%Y%m%d}"
        said = Nudge(key, kind, f"{kind}.{n % 3 + 1}", day.date(), day)
        nudges.keep(self.transaction, person, said, origin)
        if n % 7:
            nudges.sent(self.transaction, key, day + timedelta(seconds=2))
            if n % 5:
                after = timedelta(hours=n % 48)
                nudges.answered(self.transaction, person, {kind}, day + after)

    def _tap(self, person: Person, at: datetime) -> None:
        origin = self._turn(person, at)
        self._said(person, origin, timedelta(milliseconds=self.chance.randint(40, 160)))

    def _turn(self, person: Person, at: datetime, *, slow: bool = False) -> Origin:
        """Enter a turn; one in a hundred fails first."""
        self.turns += 1
        ids_of_turn = iter(f"turn-{self.seed}-{self.turns}-{n}" for n in range(2))
        if self.chance.random() < 0.01:
            took = timedelta(milliseconds=self.chance.randint(5, 9_000))
            failed = Turn("telegram", Outcome.FAILED, took, "TimeoutError")
            turns.record(self.transaction, person, failed, Origin(next(ids_of_turn), at))
        turn_id = next(ids_of_turn)
        took = timedelta(milliseconds=self.chance.randint(400, 2_600) if slow else 30)
        tracing = timedelta(microseconds=self.chance.randint(150, 600)) if self.traced else None
        origin = Origin(turn_id, at, turn_id if self.traced else None)
        answered = Turn("telegram", Outcome.ANSWERED, took, tracing=tracing)
        turns.record(self.transaction, person, answered, origin)
        return origin

    def _said(
        self, person: Person, origin: Origin, wait: timedelta, about: Subject | None = None
    ) -> None:
        key = about.id if about else f"said:{origin.turn_id}"
        said = Message(key, Direction.OUT, "One step at a time.", about=about)
        messages.keep(self.transaction, person, said, origin)
        messages.sent(self.transaction, key, self.turns, origin.at + wait)

    def _made(self, person: Person, subject: Subject, at: datetime) -> None:
        """Have the coach make something, by a model if that answers, and have it rated."""
        origin = self._turn(person, at, slow=True)
        step, variant = STEPS[subject.kind], f"warmer/{('control', 'b')[person.id % 2]}"
        wait = timedelta(milliseconds=self.chance.randint(600, 2_800))
        *_, call = calls = list(self._calls(step, variant, wait))
        for made in calls:
            ledger.record(self.transaction, person, made, origin)
        if subject.kind in {SubjectKind.REPLY, SubjectKind.REVIEW}:
            subject = replace(subject, id=f"{subject.kind}:{origin.turn_id}")
        self._keep(person, subject, call, origin)
        about = subject if subject.kind in {SubjectKind.REPLY, SubjectKind.REVIEW} else None
        self._said(person, origin, wait, about)
        self._judge(person, subject, origin)
        self._rate(person, subject, at + timedelta(minutes=1))

    def _calls(self, step: str, variant: str, took: timedelta) -> Iterator[Call]:
        answered = self.chance.random()
        if answered > 0.2:
            usage = Usage(
                prompt=self.chance.randint(600, 1100), output=self.chance.randint(60, 420)
            )
            cost = usage.prompt // 4 + usage.output * 3 // 2
            error = self.chance.choice(ERRORS) if answered < 0.3 else None
            version = f"{step}-{'1a2b3c4d' if variant.endswith('control') else '5e6f7a8b'}"
            yield Call(
                step, MODEL, version, took, "gemini-3.1-flash-lite", "gemini", usage, cost, 1,
                error=error, variant=variant,
            )  # fmt: skip
        if answered < 0.3:
            yield Call(step, RULES, RULES_VERSION, timedelta(milliseconds=3))

    def _scores(self, kind: SubjectKind) -> Scores:
        given = {name: round(self.chance.gauss(8.0, 0.9), 1) for name in DIMENSIONS[kind]}
        given = {name: min(10.0, max(0.0, score)) for name, score in given.items()}
        return Scores(given, round(sum(given.values()) / max(1, len(given)), 2))

    def _keep(self, person: Person, subject: Subject, call: Call, origin: Origin) -> None:
        scores = self._scores(subject.kind)
        made = (scores, call.mode, call.prompt_version, None, call.variant, origin.trace_id)
        match subject.kind:
            case SubjectKind.RESOLUTION:
                drafted = Drafted(examples.RESOLUTION, *made)
                goals.keep_resolution(self.transaction, person, subject, drafted, origin)
            case SubjectKind.PLAN:
                drafted = Drafted(examples.PLAN, *made)
                plans.keep(self.transaction, person, subject, drafted, origin)
            case SubjectKind.REPLY:
                evaluations.record(
                    self.transaction, person, subject, scores, evaluations.RULES, origin
                )
            case _:
                pass

    def _judge(self, person: Person, subject: Subject, origin: Origin) -> None:
        if self.chance.random() < 0.15 and DIMENSIONS[subject.kind]:
            scores = self._scores(subject.kind)
            evaluations.record(self.transaction, person, subject, scores, evaluations.JUDGE, origin)

    def _rate(self, person: Person, subject: Subject, now: datetime) -> None:
        if self.chance.random() < 0.5:
            return
        stars = self.chance.choice(STARS)
        ratings.rate(self.transaction, person, subject, stars, now)
        if stars <= 3:
            ratings.explain(self.transaction, person, subject, self.chance.choice(REASONS), now)
        if self.chance.random() < 0.4:
            aspect, answers = ASPECTS[subject.kind]
            told = self.chance.choice(answers)
            ratings.rate(self.transaction, person, subject, told, now, aspect)


def settle(
    transaction: Transaction, inhabitants: int = 12, days: int = 45, seed: int = 7
) -> list[Person]:
    """Have people live up to `NOW`: the first for *days* days, others for fewer."""
    town = Town(transaction, seed)
    found: list[Person] = []
    for number in range(inhabitants):
        lived = max(2, days - number * days // inhabitants)
        begun = NOW - timedelta(days=lived - 1)
        person = people.create(transaction, 1_000 * seed + number, "en", begun)
        town.live(person, lived)
        found.append(person)
    return found
