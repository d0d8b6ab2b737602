"""What a variant came to, from the rows of the ledger and of ratings."""

from dataclasses import replace
from datetime import timedelta

from coach.samples import Share, of
from coach.values import MODEL, RULES
from storage import ledger
from storage import ratings as kept
from storage.aggregates import trials
from storage.aggregates.trials import Trial
from storage.database import Database
from storage.ledger import Call
from storage.messages import Direction, Message
from storage.messages import keep as keep_message
from storage.origin import Origin
from storage.people import Person
from storage.subjects import Subject, SubjectKind
from storage.transaction import Transaction
from tests.storage.conftest import NOW

WARM, CONTROL = "warmth/warm", "warmth/control"
TOOK = timedelta(milliseconds=5)
CALL = Call("coaching_reply", MODEL, "coaching_reply-1", TOOK, micro_usd=100, variant=WARM)
BY_RULES = Call("coaching_reply", RULES, "rules-1", TOOK, variant=WARM)


def turn(
    transaction: Transaction, person: Person, number: int, *calls: Call, stars: int | None = None
) -> None:
    """Enter a turn with these calls, whose answer may get stars."""
    at = NOW + timedelta(minutes=number)
    origin = Origin(f"turn-{person.id}-{number}", at)
    for call in calls:
        ledger.record(transaction, person, call, origin)
    if stars is not None:
        subject = Subject(SubjectKind.REPLY, f"reply-{person.id}-{number}")
        shown = Message(subject.id, Direction.OUT, "Well.", about=subject)
        keep_message(transaction, person, shown, origin)
        kept.rate(transaction, person, subject, stars, at)


def tallied(database: Database) -> dict[str, Trial]:
    return database.read_now(trials.tally)


def test_a_turn_went_wrong_where_a_call_failed_or_the_rules_answered(
    database: Database, ada: Person, bob: Person
):
    def talk(tx: Transaction) -> None:
        turn(tx, ada, 1, CALL)
        turn(tx, ada, 2, replace(CALL, error="too_late"), BY_RULES)
        turn(tx, ada, 3, replace(CALL, error="against_rules"), CALL)
        turn(tx, ada, 4, replace(CALL, error="cancelled"))
        turn(tx, bob, 1, CALL)

    database.write_now(talk)
    met = tallied(database)[WARM]

    assert (met.people, met.by_rules, met.micro_usd) == (2, Share(1, 5), 600)
    assert met.outcome.wrong == of([2 / 4, 0.0])
    assert (met.first, met.last) == (NOW + timedelta(minutes=1), NOW + timedelta(minutes=4))


def test_everybodys_stars_count_once_and_only_of_what_the_step_worded(
    database: Database, ada: Person, bob: Person
):
    def talk(tx: Transaction) -> None:
        turn(tx, ada, 1, CALL, stars=5)
        turn(tx, ada, 2, CALL, stars=4)
        turn(tx, bob, 1, CALL, stars=1)
        finish = Subject(SubjectKind.FINISH, "finish")
        origin = Origin("turn-finish", NOW)
        keep_message(tx, bob, Message("finish", Direction.OUT, "Done.", about=finish), origin)
        kept.rate(tx, bob, finish, 5, NOW)

    database.write_now(talk)

    assert tallied(database)[WARM].outcome.stars == of([4.5, 1.0])


def test_answers_about_aspects_are_counted(database: Database, ada: Person, bob: Person):
    def talk(tx: Transaction) -> None:
        for person, said in ((ada, 1), (bob, 0)):
            turn(tx, person, 1, CALL, stars=3)
            reply = Subject(SubjectKind.REPLY, f"reply-{person.id}-1")
            kept.rate(tx, person, reply, said, NOW, "helpfulness")

    database.write_now(talk)

    assert tallied(database)[WARM].answers["reply", "helpfulness"] == {0: 1, 1: 1}


def test_variants_are_told_apart_and_what_is_on_no_trial_is_left_out(
    database: Database, ada: Person, bob: Person
):
    def talk(tx: Transaction) -> None:
        turn(tx, ada, 1, CALL)
        turn(tx, bob, 1, replace(CALL, variant=CONTROL))
        turn(tx, bob, 2, replace(CALL, variant=""))

    database.write_now(talk)

    assert {name: one.by_rules.n for name, one in tallied(database).items()} == {
        WARM: 1,
        CONTROL: 1,
    }


def test_without_a_trial_there_is_nothing(database: Database):
    assert tallied(database) == {}
