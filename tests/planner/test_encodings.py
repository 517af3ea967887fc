"""The bytes of a list as text: in its own encoding, and never with a letter lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.edits.encodings import decode_text
from planner.plan.errors import UnsupportedDocument

LISTS = {
    "cp1252": (
        "Kündigungsfrist;37,5\nGewährleistung;62,5\n",
        "Prix négocié;40\nDélai de paiement;60\n",
        "Preço;1\nGarantía;2\nAño;3\n",
        "Price;40\n€ 12,500 – “Gold”;1\n",
        "Förseningsavgift;5\nBetalning på 30 dagar;6\n",
    ),
    "cp1250": (
        "Cena;40\nPłatność;60\nGwarancja jakości;2\n",
        "Lhůta splatnosti;1\nZáruka;2\nČíslo;3\n",
        "Ár;1\nFizetési határidő;2\n",
    ),
    "cp1251": ("Цена;40\nСрок;60\n", "Гарантия;1\nОплата;2\n", "Ціна;1\nЯкість;2\n"),  # noqa: RUF001
    "shift_jis": ("価格;40\n納期;60\n", "支払条件,10\nサービス,20\n"),
    "mac_roman": (
        "Kündigungsfrist;37,5\nGewährleistung;62,5\n",
        "Prix négocié;40\nDélai;2\n",
        "Option – “Gold”;1\n",
    ),
}


@pytest.mark.parametrize(
    ("encoding", "text"),
    [(encoding, text) for encoding, texts in LISTS.items() for text in texts],
)
def test_a_system_s_own_encoding_is_told(encoding: str, text: str) -> None:
    decoded = decode_text(text.encode(encoding))

    assert decoded.text == text
    assert decoded.samples[decoded.encoding]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@given(text=st.text(st.characters(exclude_characters="\0\ufeff"), min_size=1))
def test_unicode_is_certain(encoding: str, text: str) -> None:
    decoded = decode_text(text.encode(encoding, errors="ignore"))

    assert decoded.text == text
    assert not decoded.samples


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_utf_16_is_read_both_ways(encoding: str, mark: str) -> None:
    text = "Issue\tWeight\nKündigung\t40\n"

    assert decode_text(f"{mark}{text}".encode(encoding)).text == text


def test_the_reader_chooses_by_a_sample_in_each() -> None:
    data = "Kündigung;40\nFür 5 Jahre;60".encode("cp1252")
    decoded = decode_text(data, "cp1251")

    assert decoded.encoding == "cp1251"
    assert decoded.samples["cp1252"] == "Kündigung"
    assert decoded.samples["cp1251"] == "Kьndigung"


@given(st.binary(min_size=1))
def test_no_letter_is_ever_replaced(data: bytes) -> None:
    try:
        decoded = decode_text(data)
    except UnsupportedDocument:
        return
    known = decoded.encoding.startswith("utf")
    assert known or decoded.text.encode(decoded.encoding) == data
