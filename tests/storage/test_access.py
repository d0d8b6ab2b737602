from datetime import timedelta

import pytest

from storage import access, installation
from storage.access import Invitation
from storage.database import Database
from tests.storage.conftest import NOW

CODE, DAY = "canary-code-of-24-letters", timedelta(days=1)
ADA, BO = 7_000_000_001, 7_000_000_002


def invite(database: Database, uses: int = 1) -> None:
    invitation = Invitation(CODE, uses, NOW + DAY, made_by=BO)
    database.write_now(lambda transaction: access.invite(transaction, invitation, NOW))


def redeem(
    database: Database, code: str = CODE, user: int = ADA, late: timedelta = timedelta(0)
) -> bool:
    return database.write_now(lambda tx: access.redeem(tx, code, user, NOW + late))


def test_a_code_lets_as_many_in_as_it_says(database: Database):
    invite(database, uses=2)

    assert [redeem(database, user=user) for user in (1, 2, 3)] == [True, True, False]
    assert database.read_now(access.admitted) == {1, 2}


@pytest.mark.parametrize("code", ["", "canary", f"{CODE}x", "\ud83d", "é"])
def test_another_code_lets_nobody_in(database: Database, code: str):
    invite(database)

    assert not redeem(database, code)
    assert database.read_now(access.admitted) == frozenset()


def test_an_expired_code_lets_nobody_in_and_is_deleted(database: Database):
    invite(database)

    assert not redeem(database, late=DAY)
    assert database.read_now(lambda tx: access.open_invitations(tx, NOW)) == 1
    assert database.write_now(lambda tx: access.purge(tx, NOW + DAY)) == 1
    assert not redeem(database)


def test_a_code_is_not_kept_as_it_is(sqlite_database: Database):
    invite(sqlite_database)

    rows = sqlite_database.read_now(lambda tx: tx.run(access.INVITATION.select()).all())

    assert CODE not in str(rows)


def test_nobody_in_particular_is_left_after_forgetting(database: Database):
    invite(database)
    redeem(database, user=BO)
    database.write_now(lambda tx: installation.set_owner(tx, BO))

    database.write_now(lambda tx: access.forget(tx, BO))

    assert not database.read_now(lambda tx: access.is_admitted(tx, BO))
    assert database.read_now(installation.owner) is None
    (left,) = database.read_now(lambda tx: tx.run(access.INVITATION.select()).all())
    assert left.made_by is None
