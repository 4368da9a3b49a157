"""The client: retries, pauses, batches, and what it says when a service fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import ServiceError, UsageError
from kg.reconcile import Candidate, Query, Service

if TYPE_CHECKING:
    from tests.reconcile.conftest import Fake


def service(fake: Fake) -> Service:
    """A client that loses no time."""
    return Service(fake.address, backoff=0.0)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_request_that_fails_is_tried_again(fake: Fake, status: int) -> None:
    """A service that is busy or down for a moment costs nothing but time."""
    client = service(fake)
    fake.statuses = [status, status]
    assert [found[0].name for found in client.ask([Query("Orlo")])] == ["Orlo"]
    assert fake.requests == 4


def test_a_service_that_stays_down_is_given_up(fake: Fake) -> None:
    """After six tries the error names the address and says that what was answered is kept."""
    fake.statuses = [503] * 99
    with pytest.raises(ServiceError, match=r"127.0.0.1.*does not answer.*what was answered is kept"):
        service(fake)
    assert fake.requests == 6


def test_nobody_there() -> None:
    """A refused connection is an error in words."""
    with pytest.raises(ServiceError, match="does not answer"):
        Service("http://127.0.0.1:1/", backoff=0.0)


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (404, b"", "answered 404"),
        (200, b"<html>", "did not answer in JSON"),
        (200, b"[]", "is no reconciliation service"),
    ],
)
def test_what_is_no_service_is_named(fake: Fake, status: int, body: bytes, words: str) -> None:
    """A wrong address, a web page, another protocol."""
    fake.statuses, fake.body = [status], body
    with pytest.raises(ServiceError, match=words):
        service(fake)


def test_an_answer_out_of_order_is_named(fake: Fake) -> None:
    """An answer that lacks a query is no answer."""
    client = service(fake)
    fake.body = b'{"q0": {"result": []}}'
    with pytest.raises(ServiceError, match="as the protocol says"):
        client.ask([Query("A"), Query("B")])


def test_only_addresses_are_asked() -> None:
    """A file or a bare name is no address."""
    with pytest.raises(UsageError, match="no address"):
        Service("file:///etc/passwd")


def test_requests_keep_their_distance(fake: Fake) -> None:
    """Between any two requests lies the interval, less what has passed anyway."""
    now, slept = [100.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(round(seconds, 3))
        now[0] += seconds

    client = Service(fake.address, interval=2.0, sleep=sleep, clock=lambda: now[0])
    client.ask([Query("A")])
    now[0] += 1.5
    client.ask([Query("B")])
    now[0] += 5.0
    client.ask([Query("C")])
    assert slept == [2.0, 0.5]


def test_links_are_iris_whatever_the_service_says(fake: Fake) -> None:
    """Ids are put behind the identifier space; whole IRIs stay; nothing breaks out of a file."""
    client = service(fake)
    links = [client.link(Candidate(id_, "", 0.0, match=False)) for id_ in ("Q1", "http://a.example/1", 'x> <y> "z"\n')]
    assert links == ["http://example.net/Q1", "http://a.example/1", "http://example.net/x%3E%20%3Cy%3E%20%22z%22%0A"]
