"""Access: invitations, and who came in by one. Who owns the bot is the installation's.

A code is random and long, so its hash gives nothing away. Reading comes first and writing
only for a code that fits: a stranger who guesses leaves no row.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, func, insert, or_, select, update

from storage.tables.people import ADMITTED, INSTALLATION, INVITATION
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code that lets *uses* people in, until it expires."""

    code: str
    uses: int
    expires_at: datetime
    made_by: int | None = None


def invite(transaction: Transaction, invitation: Invitation, now: datetime) -> None:
    """Keep an invitation; its code is not kept, only what it hashes to."""
    row = {
        "code_hash": _hash(invitation.code),
        "uses_left": invitation.uses,
        "made_by": invitation.made_by,
        "created_at": now,
        "expires_at": invitation.expires_at,
    }
    transaction.run(insert(INVITATION).values(row))


def fits(transaction: Transaction, code: str, now: datetime) -> bool:
    """Tell whether a code would let somebody in."""
    return _open_invitation(transaction, code, now) is not None


def redeem(transaction: Transaction, code: str, user_id: int, now: datetime) -> bool:
    """Let somebody in by a code; False, and nothing written, if it does not fit."""
    found = _open_invitation(transaction, code, now)
    if found is None:
        return False
    used = update(INVITATION).where(INVITATION.c.code_hash == found)
    transaction.run(used.values(uses_left=INVITATION.c.uses_left - 1))
    transaction.add_new(ADMITTED, [{"user_id": user_id, "at": now}])
    return True


def admitted(transaction: Transaction) -> frozenset[int]:
    """List the Telegram ids of those who came in by an invitation."""
    return frozenset(transaction.run(select(ADMITTED.c.user_id)).scalars())


def is_admitted(transaction: Transaction, user_id: int) -> bool:
    """Tell whether somebody came in by an invitation, and was not erased since."""
    return transaction.run(select(exists().where(ADMITTED.c.user_id == user_id))).scalar_one()


def open_invitations(transaction: Transaction, now: datetime) -> int:
    """Count how many people may still come in by the invitations there are."""
    left = select(func.coalesce(func.sum(INVITATION.c.uses_left), 0))
    return transaction.run(left.where(INVITATION.c.expires_at > now)).scalar_one()


def forget(transaction: Transaction, user_id: int) -> None:
    """Leave no trace of somebody in who may come in: not even of the owner."""
    transaction.run(delete(ADMITTED).where(ADMITTED.c.user_id == user_id))
    made = update(INVITATION).where(INVITATION.c.made_by == user_id)
    transaction.run(made.values(made_by=None))
    owned = update(INSTALLATION).where(INSTALLATION.c.owner_id == user_id)
    transaction.run(owned.values(owner_id=None))


def purge(transaction: Transaction, now: datetime) -> int:
    """Delete the invitations that let nobody in any more; count them."""
    over = or_(INVITATION.c.expires_at <= now, INVITATION.c.uses_left <= 0)
    return transaction.run(delete(INVITATION).where(over)).rowcount


def _open_invitation(transaction: Transaction, code: str, now: datetime) -> str | None:
    live = select(INVITATION.c.code_hash).where(
        INVITATION.c.expires_at > now, INVITATION.c.uses_left > 0
    )
    asked, found = _hash(code), None
    for known in transaction.run(live).scalars().all():
        if hmac.compare_digest(asked, known):
            found = known
    return found


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()
