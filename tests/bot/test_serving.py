"""The ports that Rein takes."""

import socket

import pytest

from bot import serving


def test_a_port_that_is_taken_is_named_with_its_setting() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(serving.PortInUseError, match=f"HTTP_PORT {port}") as caught:
            serving.listen("127.0.0.1", port, "HTTP_PORT")

    assert caught.value.port == port
