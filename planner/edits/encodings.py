"""The bytes of a text file as text: in the encoding that it names, or the likeliest.

UTF-8, and UTF-16 with its mark, can be told for certain. Any other file was saved in
the encoding of somebody's system, and its bytes are letters in all of them: so each
is tried, the one in which the most letters belong to one language comes first, and
the reader sees a sample and may choose another.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

from planner.plan.errors import UnsupportedDocument

__all__ = ["ENCODINGS", "Decoded", "decode_text"]

# What a reader calls each encoding; those of systems in the order of a tie.
ENCODINGS: Mapping[str, str] = MappingProxyType(
    {
        "utf-8": "UTF-8",
        "utf-16": "UTF-16",
        "cp1252": "Windows-1252 (Western Europe)",
        "cp1250": "Windows-1250 (Central Europe)",
        "cp1253": "Windows-1253 (Greek)",
        "cp1254": "Windows-1254 (Turkish)",
        "cp1255": "Windows-1255 (Hebrew)",
        "cp1256": "Windows-1256 (Arabic)",
        "cp1257": "Windows-1257 (Baltic)",
        "cp1251": "Windows-1251 (Cyrillic)",
        "cp932": "Shift-JIS (Japanese)",
        "gb18030": "GB 18030 (Chinese, simplified)",
        "cp950": "Big5 (Chinese, traditional)",
        "cp949": "EUC-KR (Korean)",
        "mac_roman": "Mac Roman",
    }
)
_SYSTEMS = tuple(name for name in ENCODINGS if not name.startswith("utf"))
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)

# The letters beyond a to z of languages that were written in these encodings.
_WESTERN = (
    "äöüß",
    "àâçéèêëîïôœùûüÿ",
    "áéíñóúü",
    "àáâãçéêíóôõú",
    "àèéìíòóù",
    "åäöé",
    "æøåéäö",
    "áéèëïóöü",
    "áéíóúýþæöð",
)
_LETTERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "cp1252": _WESTERN,
        "mac_roman": _WESTERN,
        "cp1250": (
            "ąćęłńóśźż",
            "áčďéěíňóřšťúůýž",
            "áäčďéíĺľňóôŕšťúýž",
            "áéíóöőúüű",
            "čćđšž",
            "ăâîşţ",
            "äöüß",
        ),
        "cp1251": ("абвгдеёжзийклмнопрстуфхцчшщъыьэюяієїґўђјљњћџ",),
        "cp1253": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋ",),
        "cp1254": ("çğıöşüâîûi\u0307",),
        "cp1255": ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",),
        "cp1256": ("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگ",),
        "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
    }
)
# Of two that count the same: Turkish letters, whose bytes are Icelandic's in Western
# Europe, and Korean ones, which are all common characters in Chinese as well.
_LIKELIER = re.compile("[ğışĞİŞ\uac00-\ud7a3]")
_LITTLE = 0.05
# The characters of a system that has two bytes for one, as far as they are common:
# the first bytes of those that are taught first, and the least second byte.
_COMMON: Mapping[str, tuple[range, int]] = MappingProxyType(
    {
        "gb18030": (range(0xB0, 0xD8), 0xA1),
        "cp950": (range(0xA4, 0xC7), 0x40),
        "cp949": (range(0xB0, 0xC9), 0xA1),
    }
)
# Signs as people write them.
_SIGNS = "€£¥–—‘’‚“”„…«»‹›°²³½¼§ªº©®™•·×±µ ¡¿№、。「」・ー（）：％〜～，；！？《》"
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_WORD = re.compile(r"\w+")
_LONE = re.compile(r"(?<![^\W\d_])[^\W\d_\x00-\x7f](?![^\W\d_])")
_NEVER_ALONE = frozenset("ЂЃЌЉЊЏђѓќљњџћјѕß")
MOST_JUDGED = 20_000  # characters: more of them say no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A text, the encoding it was read in, and a sample of it in each that it may be.

    ``samples`` is empty where the encoding is certain.
    """

    text: str
    encoding: str
    samples: Mapping[str, str]


@lru_cache(maxsize=2)
def decode_text(data: bytes, chosen: str = "") -> Decoded:
    """Decode a file's bytes, in the ``chosen`` encoding where it is given and fits.

    Raises UnsupportedDocument where no encoding fits: nothing is ever replaced.
    """
    certain = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    certain = certain or _unmarked(data)
    if certain:
        text = _decode(data, certain)
        if text is None or "\0" in text:
            raise UnsupportedDocument(_UNREADABLE)
        return Decoded(text=text, encoding=certain, samples={})
    read = {name: _decode(data, name) for name in _SYSTEMS}
    texts = {name: text for name, text in read.items() if text is not None}
    if not texts or b"\0" in data:
        raise UnsupportedDocument(_UNREADABLE)
    best = max(texts, key=lambda name: _plausibility(texts[name], name))
    samples = {name: _sample(text) for name, text in texts.items()}
    encoding = chosen if chosen in texts else best
    return Decoded(text=texts[encoding], encoding=encoding, samples=samples)


_UNREADABLE = (
    "The letters of this file could not be read. Open it in the program that made it "
    "and save it as CSV UTF-8"
)


def _unmarked(data: bytes) -> str | None:
    """Name the Unicode encoding of a file without a mark; None where it has none."""
    half = len(data) // 2 or 1
    if data[1::2].count(0) > half // 2 or data[::2].count(0) > half // 2:
        little = data[1::2].count(0) > data[::2].count(0)
        return "utf-16-le" if little else "utf-16-be"
    return "utf-8" if _decode(data, "utf-8") is not None else None


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text.removeprefix("\ufeff")


def _plausibility(text: str, encoding: str) -> float:
    """Say how much a text looks like what people write: more is likelier.

    A letter of one language counts for it; one of none, a capital inside a word, a
    sign between letters and a control character count against it.
    """
    text = text[:MOST_JUDGED]
    beyond = [c for c in text if ord(c) > 127 and _is_letter(c)]
    signs = sum(_sign(c) for c in text if ord(c) > 127 and not _is_letter(c))
    words = sum(map(_word, _WORD.findall(text)))
    one_byte = encoding in _LETTERS
    lone = sum(_is_sign(text, found) for found in _LONE.finditer(text)) * one_byte
    return _known(beyond, encoding) + signs + words + _broken(text) - 2.0 * lone


def _known(letters: Sequence[str], encoding: str) -> float:
    """Count the letters that belong together: two for a character of two bytes."""
    little = _LITTLE * sum(bool(_LIKELIER.match(c)) for c in letters)
    if encoding == "cp932":
        return sum(2 if _JAPANESE.match(c) else -4 for c in letters)
    if encoding in _COMMON:
        return little + sum(2 if _is_common(c, encoding) else -4 for c in letters)
    lower = [c.lower() for c in letters]
    known = max(
        sum(1 if c in language else -2 for c in lower)
        for language in _LETTERS[encoding]
    )
    return known + little


def _is_common(letter: str, encoding: str) -> bool:
    first, least = _COMMON[encoding]
    written = letter.encode(encoding)
    return len(written) == 2 and written[0] in first and written[1] >= least


def _is_letter(sign: str) -> bool:
    return sign.isalpha() and sign not in "ªº"


def _is_sign(text: str, found: re.Match[str]) -> bool:
    """Tell a letter by itself that is rather a sign: a capital, one beside a digit."""
    start, end = found.span()
    beside = text[max(start - 1, 0) : start] + text[end : end + 1]
    odd = any(map(str.isdigit, beside)) or found[0].isupper()
    return _is_letter(found[0]) and (odd or found[0] in _NEVER_ALONE)


def _sign(letter: str) -> float:
    if "\x80" <= letter < "\xa0":
        return -5
    return 0.5 if letter in _SIGNS else -1


def _word(word: str) -> float:
    """Count against a word what words do not have."""
    if word.isascii():
        return 0
    capitals = sum(a.islower() and b.isupper() for a, b in _pairs(word))
    scripts = sum(_is_latin(a) != _is_latin(b) for a, b in _pairs(word) if _both(a, b))
    return -2.0 * (capitals + scripts)


def _pairs(word: str) -> Iterator[tuple[str, str]]:
    return pairwise(word)


def _both(a: str, b: str) -> bool:
    return a.isalpha() and b.isalpha()


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or letter in "\ufb01\ufb02"


# What hardly any text has: a sign between two letters, a Portuguese õ without the e
# that follows it (a Hungarian ő, then), and a letter that ends words in Greek or
# Hebrew inside of one.
_UNLIKELY = re.compile(
    r"(?<=[^\W\d_])[^\w\s\x00-\x7f’·・](?=[^\W\d_])|(?i:õ(?!e))"
    r"|[ςךםןףץ](?=[^\W\d_])"
)


def _broken(text: str) -> float:
    return -2.0 * len(_UNLIKELY.findall(text))


def _sample(text: str) -> str:
    """Return the first word with a letter that not every encoding has alike."""
    words = (word for word in text.split() if not word.isascii())
    return next((re.split(r"[;,\t]", word)[0] or word for word in words), "")[:40]
