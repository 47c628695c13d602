"""The client behind proxies: what strangers write is never believed."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from funkhaus.kernel.client_address import find_client, find_network

TRUSTED = (ip_network("127.0.0.1/32"), ip_network("10.1.0.0/16"), ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("203.0.113.5", "", "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),  # a stranger who says that he is another
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "192.0.2.9, 198.51.100.1", "198.51.100.1"),  # the left one came with the request
        ("127.0.0.1", "192.0.2.9, 198.51.100.1, 10.1.2.3", "198.51.100.1"),  # two proxies of ours
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", " , 198.51.100.1 ", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1,", None),  # a proxy that adds nothing readable
        ("127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),  # some proxies add the port of their peer
        ("127.0.0.1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("127.0.0.1", "[2001:db8::7]", "2001:db8::7"),
        ("127.0.0.1", "192.0.2.9:1, 10.1.2.3:80", "192.0.2.9"),
        ("127.0.0.1", "198.51.100.1:", None),
        ("127.0.0.1", "198.51.100.1:x", None),
        ("127.0.0.1", "[2001:db8::7", None),
        ("127.0.0.1", "2001:db8::7:4711", "2001:db8::7:4711"),  # without brackets it is an address of its own
        ("127.0.0.1", "unknown", None),
        ("::ffff:127.0.0.1", "2001:db8::7", "2001:db8::7"),
        ("fd00::1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("", "198.51.100.1", None),
        ("unix:", "198.51.100.1", None),
    ],
)
def test_the_client_is_the_first_that_is_no_proxy_of_ours(peer: str, forwarded: str, client: str | None) -> None:
    assert find_client(peer, forwarded, TRUSTED) == (ip_address(client) if client else None)


def test_without_trusted_proxies_the_peer_counts() -> None:
    assert find_client("127.0.0.1", "198.51.100.1", ()) == ip_address("127.0.0.1")


@pytest.mark.parametrize(
    ("client", "network"),
    [("198.51.100.77", "198.51.100.0/24"), ("2001:db8:1:2::7", "2001:db8:1::/48"), (None, "")],
)
def test_a_network_stands_for_one_party(client: str | None, network: str) -> None:
    assert find_network(ip_address(client) if client else None) == network
