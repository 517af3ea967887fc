"""Formulas of the handbook, as MathML made at build time: no script shows them.

A page writes them as LaTeX, in the two ways that code hosts show as well: a block
fenced with three backticks and the word ``math``, and $`inline`$.
"""

import re
from html import unescape
from typing import Any
from xml.etree.ElementTree import tostring

from latex2mathml.converter import convert_to_element
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor

__all__ = ["Maths", "mathml"]

FENCED = re.compile(r"^```math\n(.+?)\n```$", re.M | re.S)
INLINE = r"\$`([^`\n]+)`\$"
BEFORE_FENCES = 27  # fenced code is read at 25, line ends are made alike at 30
BEFORE_CODE = 195  # code between single backticks is read at 190


class Maths(Extension):
    """Shows LaTeX as MathML."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register both ways of writing a formula."""
        md.preprocessors.register(_Fenced(md), "maths", BEFORE_FENCES)
        md.inlinePatterns.register(_Inline(INLINE, md), "maths", BEFORE_CODE)


def mathml(latex: str, *, block: bool = False) -> str:
    """A formula as MathML; its LaTeX stays with it, for those who read that.

    A command that is not known stops the build: ``ValueError``.
    """
    element = convert_to_element(latex, display="block" if block else "inline")
    unknown = [text for text in element.itertext() if "\\" in text]
    if unknown:
        raise ValueError(f"{', '.join(unknown)} is not known in {latex}")
    for part in element.iter():
        part.text = unescape(part.text or "")  # it writes signs as &#x0003D;
    element.attrib.pop("xmlns", None)  # HTML knows the element without it
    element.set("alttext", latex)
    return tostring(element, encoding="unicode", short_empty_elements=False)


class _Fenced(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return FENCED.sub(self._shown, "\n".join(lines)).split("\n")

    def _shown(self, found: re.Match[str]) -> str:
        formulas = [mathml(line, block=True) for line in found[1].splitlines()]
        # What is searched is the prose; a formula's letters would only be noise.
        shown = "".join(formulas)
        block = f'<div class="parley-maths" data-search-exclude>{shown}</div>'
        return f"\n{self.md.htmlStash.store(block)}\n"


class _Inline(InlineProcessor):
    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[Any, int, int]:
        return self.md.htmlStash.store(mathml(m[1])), m.start(0), m.end(0)
