"""Finds the client's address behind the proxies that the operator trusts. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def find_client(peer: str, forwarded: str, trusted: Iterable[Network]) -> Address | None:
    """Return the nearest address that is not a trusted proxy's; None where it cannot be determined.

    `peer` is the other end of the connection, `forwarded` the value of `X-Forwarded-For`: each proxy appends the
    address of its own peer. Whatever is left of the first address that is no proxy of ours may be forged and is not
    read.
    """
    networks = tuple(trusted)
    client = _parse(peer)
    hops = [hop.strip() for hop in forwarded.split(",")] if forwarded.strip() else []
    while client is not None and hops and any(client in network for network in networks):
        client = _parse(hops.pop())
    return client


def _parse(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
