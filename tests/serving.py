"""A static server like the one that will host the site: a sub-path, gzip, types."""

import gzip
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

TYPES = {
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
}
SQUEEZED = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".wasm", ".xml"}


class Pages(SimpleHTTPRequestHandler):
    """Serves one folder below a prefix; anything else is 404.html, as on Pages."""

    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | TYPES

    def __init__(self, *args: object, prefix: str, **kwargs: object) -> None:
        self.prefix = prefix
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the tests' output is for the tests."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer with a file, compressed where the host would compress it."""
        path = urlsplit(self.path).path
        if not path.startswith(self.prefix):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        file = Path(self.directory) / path.removeprefix(self.prefix)
        if file.is_dir():
            file /= "index.html"
        if not file.is_file():
            return self._send(Path(self.directory) / "404.html", HTTPStatus.NOT_FOUND)
        return self._send(file, HTTPStatus.OK)

    def _send(self, file: Path, status: HTTPStatus) -> BytesIO:
        data = file.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(file))
        if file.suffix in SQUEEZED:
            data = gzip.compress(data, 1)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return BytesIO(data)


class Server(ThreadingHTTPServer):
    """Takes it calmly when a browser hangs up in mid-answer."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a closed connection; print anything else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def serving(folder: Path, prefix: str = "/", port: int = 0) -> Iterator[str]:
    """Serve a folder on this machine; gives the address of its front page."""
    handler = partial(Pages, prefix=prefix, directory=str(folder))
    server = Server(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
