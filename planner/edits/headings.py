"""What the heading of a column says of it, and which rows of a list are no issues.

The words are those that people head their lists with; what stands in another language
is chosen in the preview.
"""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from planner.plan.kinds import NAME

__all__ = [
    "ASIDE",
    "LETTERS",
    "LEVELS",
    "ROLES",
    "begins_as_total",
    "heads_group",
    "is_level",
    "is_note",
    "is_plain",
    "is_total",
    "role_of",
]

MOST_WORDS = 6  # of a heading; more are a sentence

# What a column may hold, by its place in an issue; "" is left out.
ROLES: Mapping[str, str] = MappingProxyType(
    {
        "name": "Issue",
        "weight/us": "Weight to you",
        "weight/them": "Weight to them",
        "option": "Option",
        "us": "To you",
        "them": "To them",
        "limit": "Your limit",
        "target": "Your target",
    }
)
ASIDE = "aside"  # a column that is known to be of no use here: a number, a note


def _split(words: str) -> frozenset[str]:
    """Return the words or phrases between commas."""
    return frozenset(word.strip() for word in words.split(","))


_KINDS: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (kind, frozenset(words.split()))
    for kind, words in (
        (ASIDE, "total subtotal weighted sum"),
        ("limit", "limit reservation walkaway walk bottom minimum"),
        ("target", "target goal aim aspiration"),
        (
            "weight",
            "weight weights weighting weightage importance priority prio moscow rating"
            " gewicht gewichtung poids pondération importance peso ponderación pesos",
        ),
        (
            "points",
            "point points score scores value values worth utility payoff punkte"
            " bewertung valor valeur punti punten",
        ),
        (
            "option",
            "option options choice choices alternative alternatives outcome outcomes"
            " position positions level levels best worst middle ideal acceptable"
            " fallback opening settlement optionen opción opciones opzione optie",
        ),
        (
            "name",
            "issue issues topic topics item items criterion criteria terms clause"
            " subject requirement requirements question feature deliverable matter"
            " factor attribute negotiable demand thema themen kriterium kriterien"
            " anforderung verhandlungspunkt critère critères sujet thème criterio"
            " criterios tema temas asunto critério onderwerp",
        ),
        (
            ASIDE,
            "no nr number id ref reference category section group area note notes"
            " comment comments remark remarks owner who basis source status unit why"
            " rationale description evidence reason date",
        ),
    )
)
_SIDES = (
    (
        "them",
        _split(
            """
            them, they, their, theirs, other, counterparty, counterpart, opponent, sie,
            ihr, ihre, ihnen, gegenseite, gegenpartei, andere, eux, leur, leurs, autre,
            contrepartie, ellos, ellas, su, sus, contraparte, loro, controparte, eles,
            deles, zij, hun, tegenpartij, deras, motpart, motparten, они, им, их, inni
            """
        ),
    ),
    (
        "us",
        _split(
            """
            us, we, our, ours, you, your, yours, my, me, mine, own, wir, uns, unser,
            unsere, unseres, unserer, eigene, nous, notre, nos, nosotros, nosotras,
            nuestro, nuestra, nuestros, nuestras, noi, nostro, nostra, nostri, nostre,
            nós, nosso, nossa, wij, ons, onze, vi, vår, vårt, våra, мы, нам, нас, наш,
            наша, наше, nasz, nasza, nasze
            """
        ),
    ),
)
_TOTALS = _split(
    """
    total, totals, grand total, sub total, subtotal, sum, sums, overall, overall total,
    total score, total weight, total points, check sum, checksum, average, mean, σ, ∑,
    summe, gesamt, insgesamt, gesamtsumme, zwischensumme, somme, total général, totale,
    totale generale, suma, soma, total geral, total general, totaal, eindtotaal, summa,
    totalt, i alt, ialt, yhteensä, kokku, kopā, iš viso, итого, всего, сума, разом,
    усього, общо, razem, łącznie, celkem, spolu, ukupno, skupaj, összesen, toplam,
    genel toplam, σύνολο, 合計, 小計, 総計, 計, 合计, 小计, 总计, 總計, 합계, 총계,
    소계, รวม, المجموع, الإجمالي, סהכ, סה כ
    """
)
_ASIDES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_FILLERS = _split(
    "a, the, of, to, for, in, per, and, or, key, main, all, list, negotiation, deal,"
    " contract, evaluation, each, side, party, max, min, maximum"
)
_HEADING_WORDS = _FILLERS.union(
    *(known for _, known in _KINDS), *(known for _, known in _SIDES)
)
_GROUP = re.compile(r"(?:[A-Z]|[IVX]+|\d{1,2}(?:\.\d)*)[.):]\s|.*:$", re.S)
_NOTE = re.compile(r"(notes?|source|comment|legend|key|n\.?b\.?)\s*[:.]|\*|†", re.I)

# Words that stand for a weight, and what they are taken for; ours, and said.
LEVELS: Mapping[str, float] = MappingProxyType(
    {
        "must": 100,
        "must have": 100,
        "should": 60,
        "should have": 60,
        "could": 20,
        "could have": 20,
        "nice to have": 20,
        "won't": 0,
        "won't have": 0,
        "critical": 100,
        "very high": 100,
        "high": 80,
        "medium": 50,
        "low": 20,
    }
)


# The same by their first letters, where a column holds nothing else.
LETTERS: Mapping[str, float] = MappingProxyType({"m": 100, "s": 60, "c": 20, "w": 0})


def role_of(heading: str) -> str:
    """Return what a heading says its column holds: a role, ``weight``, ``ASIDE``, "".

    ``weight`` and ``points`` do not say whose; "" is a heading that says nothing.
    """
    words = _words(heading)
    if len(words) > MOST_WORDS:
        return ""
    side = next((side for side, known in _SIDES if words & known), "")
    if heading.strip() in ("#", "№"):
        return ASIDE
    kind = next((kind for kind, known in _KINDS if words & known), "")
    if kind == "weight":
        return f"weight/{side}" if side else "weight"
    if kind == "points":
        return side or "points"
    if not kind and side and len(words) <= 2:
        return side
    return kind


def is_plain(heading: str) -> bool:
    """Tell whether a heading has no other words than those that head columns.

    “Key issues” has none; “Warranty terms” may as well be an issue.
    """
    words = _words(heading)
    return bool(words) and words <= _HEADING_WORDS


def _words(text: str) -> frozenset[str]:
    return frozenset(_words_in(text))


def _words_in(text: str) -> list[str]:
    """Return the words of a text in their order, as they are compared."""
    bare = unicodedata.normalize("NFC", text[:NAME]).casefold()
    return re.findall(r"[^\W\d_]+|[∑]", bare)


def is_level(text: str) -> bool:
    """Tell a word that is hardly anything but a weight: must, should, could, won't."""
    bare = text.casefold().replace("’", "'")
    return bare in LEVELS and bare.split()[0] in ("must", "should", "could", "won't")


def is_total(name: str) -> bool:
    """Tell whether a row of that name sums the others up."""
    return " ".join(_words_in(_ASIDES.sub(" ", name[:NAME]))) in _TOTALS


def begins_as_total(name: str) -> bool:
    """Tell whether a name begins as that of a total does: “Sum of the weights”."""
    return next(iter(_words_in(name)), "") in _TOTALS


def heads_group(name: str) -> bool:
    """Tell whether a name is written as that of a group: A. Legal, LEGAL, Legal:."""
    capitals = len(name) > 4 and name.isupper()
    return capitals or bool(_GROUP.match(name))


def is_note(name: str) -> bool:
    """Tell whether a row that begins so is a note to the list."""
    return bool(_NOTE.match(name))
