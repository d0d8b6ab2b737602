"""The chat page: plain files, and headers that keep it to itself."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

FOLDER = Path(__file__).parent / "page"


async def index(_: Request) -> FileResponse:
    """Serve the page."""
    return FileResponse(FOLDER / "index.html")


routes: list[BaseRoute] = [
    Route("/", index),
    Mount("/page", StaticFiles(directory=FOLDER)),
]
