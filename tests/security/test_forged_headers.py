"""Who is counted, seen from outside: the server as it is shipped, and headers that somebody invents."""

import http.client
from collections.abc import Iterator

import pytest

from assessments.workshop.joining import MISSES
from tests.load.serving import Server, fresh, prepared, serving

FORGED = (
    {},
    {"X-Forwarded-For": "198.51.100.1"},
    {"X-Forwarded-For": "198.51.100.2, 198.51.100.3, 198.51.100.4"},
    {"X_Forwarded_For": "198.51.100.5"},
    {"x-forwarded-for": "198.51.100.6", "X_FORWARDED_FOR": "198.51.100.7"},
    {"Forwarded": "for=198.51.100.8;proto=https"},
    {"X-Real-IP": "198.51.100.9"},
    {"X-Client-IP": "198.51.100.10", "Client-IP": "198.51.100.11", "True-Client-IP": "198.51.100.12"},
    {"X-Forwarded-For": "2001:db8::1"},
    {"X-Forwarded-For": "nonsense"},
    {"Remote-Addr": "198.51.100.13", "REMOTE_ADDR": "198.51.100.14"},
)


@pytest.fixture(scope="module")
def installed() -> Iterator[dict[str, str]]:
    with fresh("sqlite") as environment:
        prepared(environment)
        yield environment | {
            "TASKS": "database"
        }  # workers make the PDFs, so the server starts without what makes them


def guess(server: Server, number: int, headers: dict[str, str]) -> int:
    """Type a wrong code for a room, with a token and a cookie of one's own."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    token, code = "t" * 32, f"{'ABCDEFGHJK'[number % 10]}{'ABCDEFGHJK'[number // 10]}2222"
    sent = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrf={token}", **headers}
    connection.request("POST", "/join/", f"csrfmiddlewaretoken={token}&code={code}", sent)
    status = connection.getresponse().status
    connection.close()
    return status


def statuses(server: Server, headers: list[dict[str, str]], begin: int = 0) -> list[int]:
    return [guess(server, begin + number, each) for number, each in enumerate(headers)]


def test_no_invented_header_is_another_network(installed: dict[str, str]) -> None:
    with serving(installed) as server:
        found = statuses(server, [FORGED[number % len(FORGED)] for number in range(MISSES + len(FORGED))])
    assert found[:MISSES] == [422] * MISSES
    assert found[MISSES:] == [429] * len(FORGED), "all of them are one network"


def test_behind_a_proxy_what_is_left_of_its_own_words_counts_for_nothing(installed: dict[str, str]) -> None:
    behind = installed | {"GROUNDWORK_PROXY_HOPS": "1"}
    seen = [{"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.7"} for number in range(MISSES + 2)]
    with serving(behind) as server:
        assert statuses(server, seen)[MISSES:] == [429, 429]
        assert guess(server, 50, {"X-Forwarded-For": "203.0.113.8"}) == 422, (
            "whom the proxy really saw elsewhere"
        )


def test_a_name_without_a_hyphen_cannot_be_spelled_in_a_second_way(installed: dict[str, str]) -> None:
    behind = installed | {"GROUNDWORK_PROXY_HOPS": "1", "GROUNDWORK_PROXY_HEADER": "Clientaddress"}
    ours = {"Clientaddress": "203.0.113.17"}
    with serving(behind) as server:
        found = statuses(server, [ours | FORGED[number % len(FORGED)] for number in range(MISSES + 5)])
    assert found[MISSES:] == [429] * 5
