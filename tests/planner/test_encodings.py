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
        "Ávöxtun þín;1\nSamningsgerð og öryggi;2\n",
    ),
    "cp1250": (
        "Cena;40\nPłatność;60\nGwarancja jakości;2\n",
        "Lhůta splatnosti;1\nZáruka;2\nČíslo;3\n",
        "Ár;1\nFizetési határidő;2\n",
        "Plaćanje;1\nRok i jamčenje;2\n",
    ),
    "cp1251": (
        *("Цена;40\nСрок;60\n", "Гарантия;1\nОплата;2\n", "Ціна;1\nЯкість;2\n"),
        *("цена;40\nсрок поставки;60\n", "ЦЕНА;40\nСРОК;60\n"),
    ),
    "cp1253": ("Θέμα;Βάρος\nΤιμή;40\n", "ΤΙΜΗ;1\nΠΑΡΑΔΟΣΗ;2\n", "Εγγύηση;1\n"),
    "cp1254": ("Konu;Ağırlık\nFiyat ve ödeme koşulları;40\n", "İade hakkı;1\n"),
    "cp1255": ("מחיר;40\nמועד תשלום;60\n", "שירות;1\nאחריות;2\n"),
    "cp1256": ("السعر;40\nمدة الدفع;60\n", "الضمان;1\nالتسليم خلال 30 يوما;2\n"),
    "cp1257": (
        "Kaina;1\nMokėjimas;2\nUžstatas ir sąlygos;3\n",
        "Maksājuma termiņš;2\nGarantija un apkalpošana;3\n",
    ),
    "cp932": (
        *("価格;40\n納期;60\n", "支払条件,10\nサービス,20\n"),
        "①価格,40\n㈱納期～,60\n",  # what only Windows has
    ),
    "gb18030": ("项目,权重\n价格,40\n交货期,60\n", "付款条件,1\n质量保证（两年）,2\n"),
    "cp950": ("價格,40\n交貨期,60\n", "付款條件,1\n保固（兩年）,2\n"),
    "cp949": ("가격,40\n납기,60\n", "지불 조건,1\n서비스 수준,2\n"),
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


@pytest.mark.parametrize(
    "text",
    [
        *("Price;€118\n;€112\n", "Fee;€ 12,500\n", "Fee;12,500 €\n", "Fee;£12\n"),
        *("Liability;1 × contract value\n", "Flat;50 m²\n", "Share;½\n", "Share;¼\n"),
        *("Water;5°\n", "Fee;±5\n", "Names;Müller\nFee;€5\n", "Brand;Alder®\n"),
        *("Rank;1º\n", "Term;3–5 years\n", "Clause;§ 5\n", "Term;“fixed”\n", "a…\n"),
    ],
)
def test_a_sign_by_itself_is_that_of_windows(text: str) -> None:
    """A list in English may have no other: a euro sign is no letter of another."""
    assert decode_text(text.encode("cp1252")).text == text


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
    again = decoded.text.encode(decoded.encoding)
    # Shift-JIS has some characters twice, of which one is written.
    assert known or len(again) == len(data)
    assert known or again.decode(decoded.encoding) == decoded.text
