r"""Text that somebody typed, written so that Markdown reads it as nothing but text.

A plan may come by a link, and its brief be pasted into a wiki: what its names hold
must not become a link, an image or a tag there. Only what would be read as markup is
changed, so that ordinary names stay as they were typed. ``<`` and ``&`` become
entities, because some readers of Markdown do not take ``\<`` for a plain ``<``.
"""

import re

__all__ = ["begun", "quoted", "written"]

_ENTITIES = {"<": "&lt;", "&": "&amp;"}
_UNSEEN = "\u2060"  # word joiner: no width, and no name can go on after it

# Line breaks, and what Markdown's readers use for marks of their own.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_MARKUP = re.compile(
    r"""
      [`*\[{|]
    | \\(?![^\W_]|\s)             # a backslash that would escape what follows
    | (?<![^\W_])_ | _(?![^\W_])  # between letters, a line below is no emphasis
    | ~(?!\w) | (?<=[^\s“(])~    # one that only opens strikes nothing through
    | <(?=[A-Za-z/!?]|[^\s>]*@)
    | &(?=\#?\w+;)
    | (?<!\w)\#+$                 # as the end of a heading
    | (?<![\w.+-])@(?=\w)         # a mention; an address of e-mail is none
    """,
    re.VERBOSE,
)
# A heading, a quotation, a list of any kind, and the line below a heading.
_BEGINNING = re.compile(r"^(?:[#>]|[-+:](?=[\s-]|$)|=(?==*$)|\d+[.)](?=\s|$))")


def written(text: str) -> str:
    """The text on one line, as it reads inside of a line."""
    return _MARKUP.sub(_escaped, _CONTROL.sub(" ", text).strip())


def begun(text: str) -> str:
    """The text on one line, as it reads at the beginning of a line or list item."""
    line = written(text)
    return _BEGINNING.sub(lambda mark: f"{mark[0][:-1]}\\{mark[0][-1]}", line, count=1)


def quoted(address: str) -> str:
    """An address as code, where nothing in it could end the code."""
    plain = re.fullmatch(r"[\w/~.-]+", address)
    return f"`{address}`" if plain else written(address)


def _escaped(markup: re.Match[str]) -> str:
    mark = markup[0]
    if mark == "@":
        return f"@{_UNSEEN}"
    return _ENTITIES.get(mark) or "".join(f"\\{each}" for each in mark)
