"""A server that answers two requests, to a client that is a thread of it, and ends."""

import functools
import http.server
import sys
import threading
import urllib.request

handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=sys.argv[1])
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
port = server.server_address[1]
threading.Thread(target=server.serve_forever, daemon=True).start()
for name in ("one.txt", "two.txt"):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/{name}") as answer:
        assert answer.read() == b"content\n"
server.shutdown()
