"""Get a page from a server on this machine with requests, and print its status and text.

The server is a socket of this program's own that answers one request.
"""

from __future__ import annotations

import socket
from threading import Thread

import requests

RESPONSE = (
    b"HTTP/1.1 200 OK\r\n"
    b"Content-Type: text/plain\r\n"
    b"Content-Length: 6\r\n"
    b"Connection: close\r\n"
    b"\r\n"
    b"ready\n"
)


def answer(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        request = b""
        while b"\r\n\r\n" not in request:
            request += connection.recv(4096)
        connection.sendall(RESPONSE)


def main() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=answer, args=[server], daemon=True).start()
        port = server.getsockname()[1]
        response = requests.get(f"http://127.0.0.1:{port}/", timeout=10)
        print(response.status_code, response.text.strip())


if __name__ == "__main__":
    main()
