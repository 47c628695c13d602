"""Finds the client's address behind the proxies that the operator trusts. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
_WITH_PORT = re.compile(r"(?:([0-9.]+)|\[([0-9A-Fa-f:.]+)\])(?::[0-9]{1,5})?", re.ASCII)


def find_client(peer: str, forwarded: str, trusted: Iterable[Network]) -> Address | None:
    """Return the nearest address that is not a trusted proxy's; None where it cannot be determined.

    `peer` is the other end of the connection, `forwarded` the value of `X-Forwarded-For`: each proxy appends the
    address of its own peer. Whatever is left of the first address that is no proxy of ours may be forged and is not
    read. Some proxies add the port of their peer.
    """
    networks = tuple(trusted)
    client = _parse(peer)
    hops = [hop.strip() for hop in forwarded.split(",")] if forwarded.strip() else []
    while client is not None and hops and any(client in network for network in networks):
        client = _parse(hops.pop())
    return client


def find_network(client: Address | None) -> str:
    """Return the network that stands for one party on the net: of IPv4 a /24, of IPv6 a /48; empty where unknown."""
    if client is None:
        return ""
    return str(ip_network((client, 24 if client.version == 4 else 48), strict=False))


def _parse(text: str) -> Address | None:
    try:
        address = ip_address(_strip_port(text))
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _strip_port(text: str) -> str:
    """Return `192.0.2.1` of `192.0.2.1:4711` and `2001:db8::1` of `[2001:db8::1]:4711`."""
    match = _WITH_PORT.fullmatch(text)
    return match[1] or match[2] if match else text
