"""The installation: which bot a database serves, who owns it, and which key opens it."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, insert, select, update

from storage import engines, keys, rekeying
from storage.errors import KeyFileError, OtherBotError, WordsUnreadableError
from storage.keys import Keyring
from storage.tables.people import INSTALLATION
from storage.transaction import Transaction

_ONLY_ROW = 1


def unlock(url: URL, key_file: Path, *, may_create_key: bool, now: datetime) -> Keyring:
    """Read the master key and the transport key it wraps.

    A key is drawn only for a database that never had one: a lost key file is an error,
    not an occasion for a new key that opens nothing.
    """
    engine = engines.writing(url)
    try:
        with engine.begin() as connection:
            wrapped = connection.scalar(select(INSTALLATION.c.wrapped_key))
            keyring = keys.load(key_file, may_create=may_create_key and wrapped is None)
            if wrapped is None:
                wrapped = keyring.new_wrapped_transport_key()
                row = {"id": _ONLY_ROW, "wrapped_key": wrapped, "created_at": now}
                connection.execute(insert(INSTALLATION).values(row))
            keyring.take_transport_key(wrapped)
    except WordsUnreadableError:
        other = rekeying.another(url, key_file)
        hint = f"; {other} does" if other else ""
        raise KeyFileError(key_file, f"this key does not open this database{hint}") from None
    finally:
        engine.dispose()
    return keyring


def serve(transaction: Transaction, bot_id: int) -> None:
    """Make this the database of a bot, or raise OtherBotError if it is another's."""
    found = transaction.run(select(INSTALLATION.c.bot_id)).scalar()
    if found is None:
        transaction.run(update(INSTALLATION).values(bot_id=bot_id))
    elif found != bot_id:
        raise OtherBotError(found, bot_id)


def owner(transaction: Transaction) -> int | None:
    """Name the Telegram user who claimed the bot, if anybody did."""
    return transaction.run(select(INSTALLATION.c.owner_id)).scalar()


def set_owner(transaction: Transaction, user_id: int) -> None:
    """Note who claimed the bot."""
    transaction.run(update(INSTALLATION).values(owner_id=user_id))
