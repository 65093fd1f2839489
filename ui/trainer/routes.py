"""Training over HTTP: a run is opened and asked to go on by POST, and one stream of events tells of it.

    GET  /training               whether there is training here, and how many workers; one gets ready
    POST /training               opens the run of a recipe's line: the name of a handle, which is a secret
    POST /training/ID            want (go on to an update, or rest there), explain (the update after), leave
    GET  /training/ID/events     the stream: all looks so far, then what is new
    GET  /training/ID/weights/N  the weights at the look after so many updates

The random name of a session travels in a header, which no log keeps.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ui.serving.events import streaming
from ui.serving.requests import below, body, told
from ui.trainer.faults import TrainerError
from ui.trainer.pool import Pool
from ui.trainer.stream import listened

SESSION = "x-training-browser"  # header
MOST = 1_000_000  # updates


def routes(pool: Pool, base: str = "") -> list[Route]:
    """The routes of a server's training, below its base path."""
    prefix = f"{below(base)}/training"

    async def there(_: Request) -> Response:
        pool.warm()
        return JSONResponse({"training": True, "workers": pool.most})

    async def opens(request: Request) -> Response:
        line = (await body(request)).get("recipe")
        if not isinstance(line, str):
            raise TrainerError("nonsense")
        handle, run = pool.open(request.headers.get(SESSION, ""), line)
        return JSONResponse({"id": handle.id, "recipe": run.line, "steps": run.steps}, 201)

    async def acts(request: Request) -> Response:
        said, name = await body(request), request.path_params["name"]
        match said.get("act"):
            case "want":
                pool.want(name, _count(said, "until"))
            case "explain":
                pool.explain(name, _count(said, "after"))
            case "leave":
                pool.leave(name)
            case _:
                raise TrainerError("nonsense")
        return JSONResponse({})

    async def events(request: Request) -> Response:
        name = request.path_params["name"]
        pool.state_of(name)  # a fault is told before a stream begins
        return streaming(listened(pool, name))

    async def weights(request: Request) -> Response:
        of = request.path_params
        return JSONResponse(pool.weights(of["name"], of["update"]))

    return [
        Route(prefix, told(there), methods=["GET"]),
        Route(prefix, told(opens), methods=["POST"]),
        Route(f"{prefix}/{{name}}", told(acts), methods=["POST"]),
        Route(f"{prefix}/{{name}}/events", told(events), methods=["GET"]),
        Route(f"{prefix}/{{name}}/weights/{{update:int}}", told(weights), methods=["GET"]),
    ]


def _count(said: Mapping[str, object], name: str) -> int:
    given = said.get(name)
    if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given <= MOST:
        raise TrainerError("nonsense")
    return given
