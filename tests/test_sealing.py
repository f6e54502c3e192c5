"""The tests themselves cannot reach the network."""

import socket

import pytest
from tests.sealing import NetworkSealed


def test_another_machine_is_out_of_reach() -> None:
    with socket.socket() as outside, pytest.raises(NetworkSealed):
        outside.connect(("192.0.2.1", 80))
    with pytest.raises(NetworkSealed):
        socket.getaddrinfo("example.com", 80)


def test_this_machine_is_in_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
