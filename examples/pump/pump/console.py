"""The service console, for this machine alone."""

import socketserver
import threading


class Reader(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write("\n".join(self.server.log).encode())


def serve(log):
    """Implements: REQ-PUMP-013; entry point of REQ-PUMP-013"""
    server = socketserver.TCPServer(("127.0.0.1", 0), Reader)
    server.log = log
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
