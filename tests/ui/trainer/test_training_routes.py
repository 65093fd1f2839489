"""Training over HTTP: what is asked, what is refused, and the stream that a page hears."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.loops import awaited
from tests.ui.trainer.driving import LAST, TINY, driven, opened, seeded
from ui.trainer.handles import MOST_A_SESSION
from ui.trainer.pool import Pool
from ui.trainer.routes import routes
from ui.trainer.stream import listened

ME = {"X-Training-Browser": "me"}


@pytest.fixture
def pool() -> Pool:
    return Pool(0)


@pytest.fixture
def client(pool: Pool) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes(pool))) as client:
        yield client


def test_a_run_is_opened_goes_on_and_is_left(client: TestClient, pool: Pool) -> None:
    assert client.get("/training").json() == {"training": True, "workers": 0}
    answer = client.post("/training", json={"recipe": f" {TINY}"}, headers=ME)
    made = answer.json()
    assert answer.status_code == 201 and (made["recipe"], made["steps"]) == (TINY, LAST)
    assert len(made["id"]) >= 24
    address = f"/training/{made['id']}"
    assert client.post(address, json={"act": "want", "until": 3}).json() == {}
    driven(pool)
    assert client.get(f"{address}/weights/3").json() == json.loads(json.dumps(pool.weights(made["id"], 3)))
    answer = client.get(f"{address}/weights/4")
    assert (answer.status_code, answer.json()) == (404, {"fault": "no_weights"})
    assert client.post(address, json={"act": "explain", "after": 2}).json() == {}
    assert client.post(address, json={"act": "leave"}).json() == {}
    for path in (address, "/training/%00"):
        answer = client.post(path, json={"act": "want", "until": 3})
        assert (answer.status_code, answer.json()) == (404, {"fault": "gone"})
    assert client.get(f"{address}/events").json() == {"fault": "gone"}


def test_a_recipe_that_is_none_is_refused_with_what_to_change(client: TestClient) -> None:
    answer = client.post("/training", json={"recipe": "count10.LSTM.seed=abc"}, headers=ME)
    said = answer.json()
    assert (answer.status_code, said["fault"], said["says"]["fault"]) == (400, "recipe", "number")
    assert said["says"]["details"]["name"] == "seed"


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"act": "fly"},
        {"act": "want"},
        *({"act": "want", "until": until} for until in (-1, 1.5, True, "3", 10**9, None)),
        {"act": "explain", "after": LAST},
    ],
    ids=str,
)
def test_hostile_acts_are_refused(client: TestClient, pool: Pool, said: dict[str, object]) -> None:
    answer = client.post(f"/training/{opened(pool)}", json=said)
    assert (answer.status_code, answer.json()) == (400, {"fault": "nonsense"})


def test_hostile_openings_are_refused(client: TestClient) -> None:
    for recipe, headers in (([TINY], ME), (None, ME), (TINY, {}), (TINY, {"X-Training-Browser": "x" * 100})):
        answer = client.post("/training", json={"recipe": recipe}, headers=headers)
        assert (answer.status_code, answer.json()) == (400, {"fault": "nonsense"})
    answers = [client.post("/training", json={"recipe": seeded(seed)}, headers=ME) for seed in range(10)]
    assert [answer.status_code for answer in answers] == [201] * MOST_A_SESSION + [429] * 6
    assert answers[-1].json() == {"fault": "too_many"}


def test_who_asks_again_and_again_is_slowed_down(client: TestClient, pool: Pool) -> None:
    address = f"/training/{opened(pool)}"
    answers = [client.post(address, json={"act": "want", "until": 1}).status_code for _ in range(40)]
    assert answers[0] == 200 and 429 in answers


def test_a_stream_has_all_looks_so_far_then_what_is_new_and_ends_with_its_run(pool: Pool) -> None:
    async def heard() -> list[dict[str, Any]]:
        name = opened(pool, until=2)
        driven(pool)
        stream, events = listened(pool, name), []
        events.append(await one(stream))
        pool.want(name, 4)
        driven(pool)
        events.append(await one(stream))
        pool.want(name, 5)
        driven(pool)
        events.append(await one(stream))
        late = listened(pool, name)  # another tab, or the same page come back
        events.append(await one(late))
        pool.leave(name)
        for each in (stream, late):
            with pytest.raises(StopAsyncIteration):
                await anext(each)
        return events

    async def one(stream: AsyncIterator[bytes]) -> dict[str, Any]:
        event = await anext(stream)
        assert event.startswith(b"data: ") and event.endswith(b"\n\n")
        told: dict[str, Any] = json.loads(event[6:])
        return told

    first, second, third, late = awaited(heard())
    assert [look["update"] for look in first["looks"]] == [0, 1, 2]
    assert (first["state"], first["place"], first["update"], first["fault"]) == ("resting", 0, 2, None)
    assert [look["update"] for look in second["looks"]] == [3, 4]
    assert [look["update"] for look in third["looks"]] == [5]
    assert [look["update"] for look in late["looks"]] == [0, 1, 2, 3, 4, 5]
    assert late["looks"][-1]["weights"]["layers"] and late["looks"][0]["weights"] is None


def test_a_server_below_a_path_has_its_training_there(pool: Pool) -> None:
    with TestClient(Starlette(routes=routes(pool, "/gates/"))) as client:
        assert client.get("/gates/training").json()["training"]
        assert client.get("/training").status_code == 404
