"""Opik: where traces and scores are shown, if the operator has one."""

from dataclasses import dataclass

from pydantic import SecretStr

CLOUD = "https://www.comet.com/opik/api"


@dataclass(frozen=True, slots=True)
class Opik:
    """An Opik server and our place in it; *words*: traces hold what was said, masked."""

    url: str = CLOUD
    project: str = "rein"
    workspace: str | None = None
    api_key: SecretStr | None = None
    words: bool = False
