"""Opik: where traces and scores are shown, if the operator has one."""

from dataclasses import dataclass

from pydantic import SecretStr

from bot.settings import Settings

CLOUD = "https://www.comet.com/opik/api"
_API = "/api"


@dataclass(frozen=True, slots=True)
class Opik:
    """An Opik server and our place in it; *words*: traces hold what was said, masked."""

    url: str = CLOUD
    project: str = "rein"
    workspace: str | None = None
    api_key: SecretStr | None = None
    words: bool = False


def of(chosen: Settings) -> Opik | None:
    """Say where traces go, if these settings name an Opik at all."""
    if chosen.opik_api_key is None and chosen.opik_url_override is None:
        return None
    return Opik(
        url=_api_of(chosen.opik_url_override or CLOUD),
        project=chosen.opik_project_name,
        workspace=chosen.opik_workspace,
        api_key=chosen.opik_api_key,
        words=chosen.trace_text == "redacted",
    )


def _api_of(address: str) -> str:
    """Complete an address of Opik: people write it with the API's path or without."""
    return address.rstrip("/").removesuffix(_API) + _API
