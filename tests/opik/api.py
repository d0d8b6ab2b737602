"""Opik's API as its SDK uses it, on a shelf of rows."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.opik.shelf import (
    NOW,
    RefusedError,
    Row,
    Shelf,
    check_score,
    check_span,
    check_trace,
    new_id,
)

P = "/api/v1/private"
KINDS = {"traces": check_trace, "spans": check_span}


@dataclass
class Api:
    """What answers each request; *refused*: ids of rows, or names, that are never taken."""

    shelf: Shelf = field(default_factory=Shelf)
    refused: set[str] = field(default_factory=set[str])

    def routes(self) -> list[web.RouteDef]:
        """Name who answers what."""
        post, put, get, patch = web.post, web.put, web.get, web.patch
        kind = "{kind:traces|spans}"
        return [
            get("/api/is-alive/ping", self._alive),
            get("/api/is-alive/ver", self._version),
            get(f"{P}/auth/workspace", self._workspace),
            post(f"{P}/{kind}/batch", self._batch),
            post(f"{P}/{kind}", self._one),
            patch(f"{P}/{kind}/{{id}}", self._change),
            put(f"{P}/{kind}/feedback-scores", self._scores),
            post(f"{P}/traces/delete", self._delete),
            get(f"{P}/projects", self._projects),
            post(f"{P}/projects/retrieve", self._project),
            post(f"{P}/prompts/versions", self._prompt_version),
            post(f"{P}/prompts/versions/retrieve", self._prompt_by_name),
            post(f"{P}/datasets", self._make_dataset),
            post(f"{P}/datasets/retrieve", self._dataset),
            get(f"{P}/datasets/{{id}}", self._dataset_by_id),
            put(f"{P}/datasets/items", self._dataset_items),
            post(f"{P}/datasets/items/stream", self._stream_dataset),
            get(f"{P}/datasets/{{id}}/items", self._dataset_page),
            get(f"{P}/datasets/{{id}}/versions", self._dataset_versions),
            post(f"{P}/experiments", self._experiment),
            post(f"{P}/experiments/items", self._experiment_items),
            post(f"{P}/experiments/finish", self._done),
            patch(f"{P}/experiments/{{id}}", self._done),
        ]

    async def _alive(self, _: web.Request) -> web.Response:
        return web.json_response({"message": "Healthy Server", "healthy": True})

    async def _version(self, _: web.Request) -> web.Response:
        return web.json_response({"version": "2.2.122"})

    async def _workspace(self, _: web.Request) -> web.Response:
        return web.json_response({"workspace_name": "default"})

    async def _done(self, _: web.Request) -> web.Response:
        return _nothing()

    async def _batch(self, request: web.Request) -> web.Response:
        kind, rows = request.match_info["kind"], await _json(request)
        self.shelf.put(kind, rows[kind], self._checked(KINDS[kind]))
        for row in rows[kind]:
            self.shelf.named("projects", {"name": row.get("project_name", "Default Project")})
        return _nothing()

    async def _one(self, request: web.Request) -> web.Response:
        kind = request.match_info["kind"]
        self.shelf.put(kind, [await _json(request)], self._checked(KINDS[kind]))
        return web.Response(status=201)

    async def _change(self, request: web.Request) -> web.Response:
        of = request.match_info
        self.shelf.change(of["kind"], of["id"], await _json(request))
        return _nothing()

    async def _scores(self, request: web.Request) -> web.Response:
        self.shelf.score((await _json(request))["scores"], self._checked(check_score))
        return _nothing()

    async def _delete(self, request: web.Request) -> web.Response:
        self.shelf.delete_traces((await _json(request))["ids"])
        return _nothing()

    async def _projects(self, request: web.Request) -> web.Response:
        return _page(self.shelf.projects.values(), request)

    async def _project(self, request: web.Request) -> web.Response:
        return web.json_response(self.shelf.named("projects", await _json(request)))

    async def _prompt_version(self, request: web.Request) -> web.Response:
        told = await _json(request)
        self._refuse_named(told["name"])
        return web.json_response(self.shelf.prompt_version(told["name"], told["version"]))

    async def _prompt_by_name(self, request: web.Request) -> web.Response:
        told = await _json(request)
        prompt = self.shelf.prompts.get(told["name"], {})
        held = [v for v in self.shelf.prompt_versions if v["prompt_id"] == prompt.get("id")]
        if told.get("commit"):
            held = [version for version in held if version["commit"] == told["commit"]]
        return _or_404(held[-1] if held else None)

    async def _make_dataset(self, request: web.Request) -> web.Response:
        told = await _json(request)
        if told["name"] in self.shelf.datasets:
            raise RefusedError(409, "Dataset already exists")
        self.shelf.named("datasets", told)
        return web.Response(status=201)

    async def _dataset(self, request: web.Request) -> web.Response:
        return _or_404(self.shelf.datasets.get((await _json(request))["dataset_name"]))

    async def _dataset_by_id(self, request: web.Request) -> web.Response:
        return _or_404(_by_id(self.shelf.datasets, request))

    async def _dataset_items(self, request: web.Request) -> web.Response:
        told = await _json(request)
        dataset_id = told.get("dataset_id") or self.shelf.datasets[told["dataset_name"]]["id"]
        for item in told["items"]:
            self.shelf.dataset_items[item["id"]] = item | {"dataset_id": dataset_id}
        return _nothing()

    async def _dataset_page(self, request: web.Request) -> web.Response:
        items = self._items_of(request.match_info["id"])
        page, size = int(request.query.get("page", 1)), int(request.query.get("size", 10))
        shown = items[(page - 1) * size : page * size]
        found = {"page": page, "size": len(shown), "total": len(items), "content": shown}
        return web.json_response(found)

    async def _stream_dataset(self, request: web.Request) -> web.Response:
        told = await _json(request)
        items = self._items_of(self.shelf.datasets[told["dataset_name"]]["id"])
        seen = [item["id"] for item in items]
        last = told.get("last_retrieved_id")
        return _lines(items[seen.index(last) + 1 if last else 0 :])

    async def _dataset_versions(self, request: web.Request) -> web.Response:
        version = {"id": new_id(), "version_name": "v1", "version_hash": "v1", "created_at": NOW}
        return _page([version], request)

    async def _experiment(self, request: web.Request) -> web.Response:
        told = await _json(request)
        self.shelf.experiments[told["id"]] = told
        return web.Response(status=201, headers={"Location": f"/{told['id']}"})

    async def _experiment_items(self, request: web.Request) -> web.Response:
        self.shelf.experiment_items.extend((await _json(request))["experiment_items"])
        return _nothing()

    def _items_of(self, dataset_id: str) -> list[Row]:
        held = self.shelf.dataset_items.values()
        return [item for item in held if item["dataset_id"] == dataset_id]

    def _checked(self, check: Callable[[Row], None]) -> Callable[[Row], None]:
        def checked(row: Row) -> None:
            self._refuse_named(row.get("id", ""), row.get("name", ""))
            check(row)

        return checked

    def _refuse_named(self, *names: str) -> None:
        if set(names) & self.refused:
            raise RefusedError(400, "told to refuse this row")


async def _json(request: web.Request) -> Any:
    return json.loads(await request.read() or b"{}")


def _by_id(held: dict[str, Row], request: web.Request) -> Row | None:
    return next((row for row in held.values() if row["id"] == request.match_info["id"]), None)


def _page(rows: Any, request: web.Request) -> web.Response:
    name = request.query.get("name")
    found = [row for row in rows if name is None or name in row["name"]]
    return web.json_response({"page": 1, "size": len(found), "total": len(found), "content": found})


def _lines(rows: list[Row]) -> web.Response:
    text = "".join(json.dumps(row) + "\n" for row in rows)
    return web.Response(text=text, content_type="application/octet-stream")


def _or_404(row: Row | None) -> web.Response:
    return web.json_response(row) if row is not None else told(404, "not found")


def _nothing() -> web.Response:
    return web.Response(status=204)


def told(status: int, reason: str) -> web.Response:
    """Answer with an error in Opik's form."""
    return web.json_response({"code": status, "message": reason, "errors": [reason]}, status=status)
