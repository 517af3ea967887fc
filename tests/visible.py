"""The words of a built page that a reader sees, without its panels and pictures."""

from html.parser import HTMLParser
from pathlib import Path

__all__ = ["text", "words"]

APART = {"footer", "nav", "parley-panel", "script", "style", "svg", "template"}
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}


def words(page: Path) -> int:
    """How many words the article of a built page has."""
    return len(text(page).split())


def text(page: Path) -> str:
    """The words of the article of a built page, a blank between two of them."""
    article = _Article()
    article.feed(page.read_text("utf-8"))
    return " ".join(" ".join(article.pieces).split())


class _Article(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._within: list[tuple[str, bool]] = []  # each element, and if it is apart

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        apart = tag in APART or ("class", "headerlink") in attrs
        if tag not in VOID:
            self._within.append((tag, apart))

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """An element that holds nothing, as SVG writes its shapes."""

    def handle_endtag(self, tag: str) -> None:
        while self._within and self._within.pop()[0] != tag:
            """What was left open within it ends with it."""

    def handle_data(self, data: str) -> None:
        inside = any(tag == "article" for tag, _ in self._within)
        if inside and not any(apart for _, apart in self._within):
            self.pieces.append(data)
