"""A sender reads little to find what is next, however much waits."""

from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from storage import opening, outbox
from storage.outbox import Kind, Letter
from storage.transaction import Transaction
from tests.storage import postgres
from tests.storage.conftest import NOW

SENT, WAITING, FEW = 200, 2_000, 50
READ = text("""
    SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'outbox'
""")


def put(transaction: Transaction, first: int, last: int) -> None:
    letters = [Letter(f"{n}", n, Kind.REPLY, b"words") for n in range(first, last)]
    outbox.put(transaction, letters, NOW)


def send(transaction: Transaction) -> None:
    for taken in outbox.take(transaction, NOW, (), replies=SENT, nudges=0):
        outbox.sent(transaction, taken.id, None, NOW)


def taken_and_read(transaction: Transaction) -> tuple[int, int]:
    before = transaction.run(READ).scalar_one()
    taken = outbox.take(transaction, NOW, (), replies=1, nudges=0)
    return len(taken), transaction.run(READ).scalar_one() - before


@pytest.mark.postgres
def test_on_postgresql_a_take_reads_little_after_a_burst(postgres_url: str, key_file: Path):
    database = opening.open_for_bot(postgres_url, key_file, NOW)
    database.write_now(lambda t: put(t, 0, SENT))
    database.write_now(send)
    # It knows by now that everything was sent.
    postgres.administer(make_url(postgres_url), "ANALYZE")
    database.write_now(lambda t: put(t, SENT, SENT + WAITING))

    taken, read = database.write_now(taken_and_read)
    database.close()

    assert taken == 1
    assert read < FEW
