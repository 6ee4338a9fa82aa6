"""Where a request comes from, whatever it claims."""

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from assessments.http import network_of

OURS = "10.0.0.1"


def seen(forwarded: str | None = None, address: str = OURS) -> str:
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return network_of(RequestFactory().get("/", REMOTE_ADDR=address, **headers))


def test_without_a_proxy_nothing_that_is_claimed_is_believed(settings: Settings) -> None:
    settings.PROXY_HOPS = 0
    assert {seen(), seen("198.51.100.7"), seen("1.1.1.1, 2.2.2.2"), seen("nonsense")} == {OURS}


@pytest.mark.parametrize("forged", ["", "1.1.1.1, ", "1.1.1.1, 2.2.2.2, 3.3.3.3, ", "x, ::1, ", ", , ,"])
def test_what_is_forged_stands_to_the_left_of_what_our_proxy_wrote(settings: Settings, forged: str) -> None:
    settings.PROXY_HOPS = 1
    assert seen(f"{forged}198.51.100.7") == "198.51.100.7"


def test_each_proxy_of_ours_is_one_step_from_the_right(settings: Settings) -> None:
    settings.PROXY_HOPS = 2
    assert seen("1.1.1.1, 198.51.100.7, 10.0.0.2") == "198.51.100.7"


@pytest.mark.parametrize("forwarded", [None, "", "198.51.100.7", "nonsense, 10.0.0.2"])
def test_a_chain_that_our_proxies_cannot_have_written_counts_for_nothing(
    settings: Settings, forwarded: str | None
) -> None:
    settings.PROXY_HOPS = 2
    assert seen(forwarded) == OURS


def test_one_subscriber_of_ipv6_is_one_network(settings: Settings) -> None:
    settings.PROXY_HOPS = 0
    same = {seen(address=f"2001:db8:1:2:{end}") for end in ("1:2:3:4", ":9", "ffff:ffff:ffff:ffff")}
    assert same == {"2001:db8:1:2::/64"}
    assert seen(address="2001:db8:1:3::9") == "2001:db8:1:3::/64"
    assert seen(address="::ffff:198.51.100.7") == "198.51.100.7"


@pytest.mark.parametrize("written", ["198.51.100.7:4711", " 198.51.100.7 ", "198.51.100.7"])
def test_ports_and_spaces_do_not_make_another_network(settings: Settings, written: str) -> None:
    settings.PROXY_HOPS = 1
    assert seen(written) == "198.51.100.7"
    assert seen("[2001:db8::1]:4711") == "2001:db8::/64"


def test_a_server_on_a_local_socket_has_one_bucket_for_all(settings: Settings) -> None:
    settings.PROXY_HOPS = 0
    assert seen(address="") == "unknown"
