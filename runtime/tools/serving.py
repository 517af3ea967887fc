"""A static server like the one that will host the site: a sub-path, gzip, types."""

import gzip
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, Literal
from urllib.parse import urlsplit

TYPES = {
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
}
SQUEEZED = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".wasm", ".xml"}
PIECE = 16_384  # bytes sent at a time over a slow line


class Line:
    """A line of so many bytes a second, with so many seconds before each answer."""

    def __init__(self, rate: float, delay: float) -> None:
        self.rate = rate
        self.delay = delay
        self._free = 0.0
        self._lock = threading.Lock()

    def carry(self, size: int) -> None:
        """Wait until so many bytes have gone through, after those before them."""
        with self._lock:
            self._free = max(self._free, time.monotonic()) + size / self.rate
            until = self._free
        time.sleep(max(0.0, until - time.monotonic()))


# What may befall a file: the line goes dead in the middle, or silent; the file is
# there by half, or not at all, or one of its bytes is another.
type Fault = Literal["cut", "stalled", "short", "flipped", "missing"]


class Pages(SimpleHTTPRequestHandler):
    """Serves one folder below a prefix; anything else is 404.html, as on Pages."""

    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | TYPES

    def __init__(
        self,
        *args: object,
        prefix: str,
        line: Line | None = None,
        sent: Counter[str] | None = None,
        faults: Mapping[str, Fault] = MappingProxyType({}),
        **kwargs: object,
    ) -> None:
        self.prefix = prefix
        self.faults = faults
        self.fault: tuple[str, Fault] | None = None
        self.line = line
        self.sent = sent
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
        if not file.is_file() or self.faults.get(file.name) == "missing":
            missing = Path(self.directory) / "404.html"
            if missing.is_file():
                return self._send(missing, HTTPStatus.NOT_FOUND)
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return self._send(file, HTTPStatus.OK)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send the bytes, at the line's pace if there is one."""
        if self.fault:
            return self._fail(source.read(), outputfile, *self.fault)
        if self.line is None:
            return super().copyfile(source, outputfile)
        while piece := source.read(PIECE):
            self.line.carry(len(piece))
            outputfile.write(piece)
        return None

    def _fail(self, data: bytes, outputfile: Any, name: str, fault: Fault) -> None:
        """Send half, then hang up, or say nothing until the fault is over."""
        outputfile.write(data[: len(data) // 2])
        outputfile.flush()
        while fault == "stalled" and name in self.faults:
            time.sleep(0.1)
        self.close_connection = True

    def _send(self, file: Path, status: HTTPStatus) -> BytesIO:
        if self.line is not None:
            time.sleep(self.line.delay)
        squeezed = file.suffix in SQUEEZED
        data = file.read_bytes()
        if squeezed:
            data = _squeezed(data)
        fault = self.faults.get(file.name)
        half = len(data) // 2
        if fault == "short":
            data = data[:half]
        elif fault == "flipped":
            data = data[:half] + bytes([data[half] ^ 1]) + data[half + 1 :]
        self.fault = (file.name, fault) if fault in {"cut", "stalled"} else None
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(file))
        if squeezed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.sent is not None:
            self.sent[file.name] += len(data)
        return BytesIO(data)


@cache
def _squeezed(data: bytes) -> bytes:
    """What the host sends of a file; copies of a site have most files in common."""
    return gzip.compress(data, 6, mtime=0)


class Server(ThreadingHTTPServer):
    """Takes it calmly when a browser hangs up in mid-answer."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a closed connection; print anything else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@contextmanager
def serving(
    folder: Path,
    prefix: str = "/",
    port: int = 0,
    line: Line | None = None,
    sent: Counter[str] | None = None,
    faults: Mapping[str, Fault] = MappingProxyType({}),
) -> Iterator[str]:
    """Serve a folder on this machine; gives the address of its front page.

    Over a ``line`` if given; ``sent`` counts the bytes of each file's answers.
    ``faults`` tells what befalls files of a name, while it is in there.
    """
    handler = partial(
        Pages,
        prefix=prefix,
        directory=str(folder),
        line=line,
        sent=sent,
        faults=faults,
    )
    server = Server(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
