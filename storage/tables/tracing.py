"""Tables of what goes to Opik, and of prompts on trial."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from storage.columns import SealedWords
from storage.tables.row import METADATA, Row, number, owner, when, words


class OpikOutbox(Row, table=True):
    """Something Opik has not accepted yet, in the order in which it must go.

    What a person's turn left goes with the person; an erasure belongs to nobody. A row that
    Opik refused for good stays, without its payload, so that it can be counted.
    """

    id: int = number()
    key: str = Field(unique=True, max_length=36)
    person_id: int | None = Field(
        default=None, foreign_key="person.id", ondelete="CASCADE", sa_type=BigInteger, index=True
    )
    kind: str = Field(max_length=16)
    trace_id: str = Field(max_length=36)
    payload: SealedWords | None = words("opik_outbox.payload", optional=True)
    state: str = Field(max_length=8)
    reason: str | None = Field(default=None, max_length=64)
    created_at: datetime = when()


class ExperimentAssignment(Row, table=True):
    """Which variant of a prompt a person has in an experiment, from the first time on."""

    person_id: int = owner(key=True)
    experiment: str = Field(primary_key=True, max_length=32)
    variant: str = Field(max_length=31)
    assigned_at: datetime = when()


class VariantStop(Row, table=True):
    """A variant that a guardrail has stopped, for good."""

    experiment: str = Field(primary_key=True, max_length=32)
    variant: str = Field(primary_key=True, max_length=31)
    reason: str = Field(max_length=32)
    stopped_at: datetime = when()


class Counter(Row, table=True):
    """How often something happened that leaves no row of its own."""

    name: str = Field(primary_key=True, max_length=32)
    value: int = Field(sa_type=BigInteger)


OPIK_OUTBOX = METADATA.tables["opik_outbox"]
EXPERIMENT_ASSIGNMENT = METADATA.tables["experiment_assignment"]
VARIANT_STOP = METADATA.tables["variant_stop"]
COUNTER = METADATA.tables["counter"]

Index(None, OPIK_OUTBOX.c.state, OPIK_OUTBOX.c.id)
