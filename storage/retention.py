"""Retention: how long things are kept that nobody asked us to keep.

Telegram repeats an update for 24 hours at most; keys in the inbox outlive that by far.
"""

from datetime import datetime, timedelta

from storage import access, alerts, inbox, messages, opik_outbox, outbox_care, spend, turned_away
from storage.transaction import Transaction

TRANSPORT = timedelta(hours=72)
MESSAGES = timedelta(days=90)


def purge(transaction: Transaction, now: datetime) -> None:
    """Delete what is older than it may be."""
    inbox.purge(transaction, now - TRANSPORT)
    outbox_care.purge(transaction, now - TRANSPORT)
    messages.purge(transaction, now - MESSAGES)
    spend.purge(transaction, now - MESSAGES)
    alerts.purge(transaction, now - MESSAGES)
    access.purge(transaction, now)
    opik_outbox.make_room(transaction, now)
    turned_away.purge(transaction, now)
