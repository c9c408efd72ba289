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


class Station(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"state: infusing\n")


def run(options):
    """Implements: REQ-PUMP-010, REQ-PUMP-011"""
    # This is the defect of the story: the server takes its address when it is made, not when it
    # starts. No test of this example ever gets here.
    server = socketserver.TCPServer(None, Station, bind_and_activate=False)
    server.serve_forever(host=options.host, port=options.port)
