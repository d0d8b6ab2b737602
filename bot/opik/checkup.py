"""What is well with Opik and what is not, for an operator."""

from bot.opik import Opik
from bot.opik.wire import OutageError, RefusedError, Wire
from storage.opik_outbox import Backlog

_TURNED_AWAY = {401, 403}
_SOMETHING_ELSE = {200, 301, 302, 307, 308, 404, 405}


async def examine(opik: Opik) -> tuple[str, str]:
    """Ask for our project; tell what was found, and what to do about it, if anything."""
    wire = Wire(opik)
    try:
        there = await wire.call(lambda api: api.projects.find_projects(name=opik.project).content)
    except OutageError as error:
        if error.status in _TURNED_AWAY:
            fix = "Check OPIK_API_KEY, and OPIK_WORKSPACE, which comet.com asks for"
            return f"{opik.url} turns us away ({error})", fix
        if error.status in _SOMETHING_ELSE:
            return f"{opik.url} is not Opik's API ({error})", "Check OPIK_URL_OVERRIDE"
        fix = "Check the network and OPIK_URL_OVERRIDE; what waits is kept"
        return f"{opik.url} cannot be reached ({error})", fix
    except RefusedError as error:
        fix = "Check OPIK_WORKSPACE and OPIK_PROJECT_NAME"
        return f"{opik.url} refuses ({error})", fix
    finally:
        wire.close()
    known = any(project.name == opik.project for project in there or [])
    return f"{opik.url}, project {opik.project}" + ("" if known else " (not there yet)"), ""


def told(behind: Backlog) -> str:
    """Say how far Opik is behind."""
    since = f" since {behind.oldest:%Y-%m-%d %H:%M} UTC" if behind.oldest else ""
    refused = f", {behind.refused} refused in 90 days" if behind.refused else ""
    dropped = f", {behind.dropped} dropped" if behind.dropped else ""
    return f"{behind.waiting} waiting{since}{refused}{dropped}"
