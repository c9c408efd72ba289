"""The remote link: each test starts it and connects to it."""

import contextlib
import socket

from pump.dosing import Infusion
from pump.link import parser, run


@contextlib.contextmanager
def linked(infusion, *options):
    server = run(parser().parse_args(["--port", "0", *options]), infusion)
    try:
        yield server.server_address
    finally:
        server.shutdown()
        server.server_close()


def ask(address, line):
    with socket.create_connection(address, timeout=5) as station:
        station.sendall(line.encode() + b"\n")
        return station.makefile().read()


def infusing():
    infusion = Infusion(highest_rate=20.0, volume_ml=50.0, bolus_interval_s=600)
    infusion.start(5.0)
    return infusion


def test_link_serves_the_state():
    with linked(infusing()) as address:
        assert ask(address, "state") == "rate: 5.0\n"


def test_link_listens_where_it_is_told():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with linked(infusing(), "--host", "127.0.0.1", "--port", str(port)) as address:
        assert address == ("127.0.0.1", port)
        assert ask(address, "state") == "rate: 5.0\n"


def test_station_stops_the_motor():
    infusion = infusing()
    with linked(infusion, "--stop-token", "ward-3") as address:
        assert ask(address, "stop ward-4") == "rate: 5.0\n"
        assert ask(address, "stop ward-3") == "rate: 0.0\n"
    assert infusion.rate == 0.0
