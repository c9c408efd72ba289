"""The service console: it is started, and read from."""

import socket

from pump.console import serve


def test_console_serves_the_log():
    console = serve(["started", "bolus refused"])
    try:
        with socket.create_connection(console.server_address, timeout=5) as reader:
            lines = reader.makefile().read().splitlines()
    finally:
        console.shutdown()
        console.server_close()
    assert lines == ["started", "bolus refused"]
