"""The remote link to the ward station."""

import argparse
import socketserver


def parser():
    """Implements: REQ-PUMP-009"""
    options = argparse.ArgumentParser(prog="pump")
    options.add_argument("--remote", action="store_true")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=4711)
    options.add_argument("--stop-token", default="")
    return options


def checked(options):
    """The options, if a link can be made of them."""
    if not 0 <= options.port < 65536:
        raise ValueError(f"there is no port {options.port}")
    if options.remote and not options.host:
        raise ValueError("the link needs a host")
    return options


def described(options):
    """What the display shows of the link."""
    state = "on" if options.remote else "off"
    token = "with a token" if options.stop_token else "without a token"
    return f"link {state}, {options.host}:{options.port}, {token}"


class Station(socketserver.StreamRequestHandler):
    def handle(self):
        infusion = self.server.infusion
        if self.rfile.readline().decode().strip() == f"stop {self.server.stop_token}":
            infusion.rate = 0.0
        self.wfile.write(f"rate: {infusion.rate}\n".encode())


def run(options, infusion):
    """Implements: REQ-PUMP-010..012; entry point of REQ-PUMP-010..012"""
    # This is the defect of the story: the server takes its address when it is made, not when it
    # starts. No test of this example ever gets here.
    server = socketserver.TCPServer(None, Station, bind_and_activate=False)
    server.infusion, server.stop_token = infusion, options.stop_token
    server.serve_forever(host=options.host, port=options.port)
