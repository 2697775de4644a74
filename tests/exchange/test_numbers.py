from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trackers.errors import FigureError
from trackers.exchange.numbers import half_width, parse_number

FULL_WIDTH = str.maketrans("0123456789.,-+%", "０１２３４５６７８９．，－＋％")
GOOD = [
    ("86", "项", "86"), (" 86 ", "项", "86"), ("８６", "项", "86"), ("86项", "项", "86"), ("86 项", "项", "86"),
    ("1,234", "项", "1234"), ("1，234，567", "项", "1234567"), ("1\u00a0234", "项", "1234"),
    ("1\u2009234\u2009567.5", "%", "1234567.5"), ("12,345.60", "%", "12345.60"), ("0.5", "%", "0.5"),
    ("95%", "%", "95"), ("９５．５％", "%", "95.5"), ("95 %", "%", "95"), ("95", "%", "95"), ("-3.2%", "%", "-3.2"),
    ("6.2万", "项", "62000"), ("6.2万项", "项", "62000"), ("1.8 万 项", "项", "18000"), ("1亿", "人", "100000000"),
    ("202万台件", "台件", "2020000"), ("202万台件", "万台件", "202"), ("202", "万台件", "202"), ("+5", "个", "5"),
    ("−5", "个", "-5"), ("-0", "个", "0"), ("0086", "项", "86"), ("\ufeff86\u200b", "项", "86"), ("86", "", "86"),
    ("999999999999999", "项", "999999999999999"), ("94.28571428571429", "%", "94.28571428571429"),
]  # fmt: skip
BAD = [
    "", "  ", "约100", "100余", "100以上", "近百", "100多", "≥100", "80-90", "80~90", "80～90", "86 90", "86/120",
    "1,23", "1,2345", "12,34,567", "0,123", ",123", "1,234,", "1,234，56", "1 234", "1.234,5", "1.2.3", ".5", "5.",
    "nan", "NaN", "inf", "-inf", "Infinity", "∞", "1E+05", "1e5", "1E400", "0x10", "1_000", "٣", "一百", "①", "½", "²",
    "--5", "+-5", "5-", "86家", "86项目", "项86", "百分之九十", "95%", "95‰", "3千", "1万2", "1万2千", "万", "2亿万",
    "=1+1", "=cmd|'/c calc'!A1", "@SUM(1)", "TRUE", "#DIV/0!", "1,234\n567", "8\t6", "2024-05-20", "1" * 400,
    "1000000000000000", "0.123456789012345678",
]  # fmt: skip


@pytest.mark.parametrize(("text", "unit", "number"), GOOD)
def test_a_figure_is_read_exactly(text: str, unit: str, number: str) -> None:
    assert parse_number(text, unit) == Decimal(number)
    assert str(parse_number(text, unit).normalize()) == str(Decimal(number).normalize())


@pytest.mark.parametrize("text", BAD)
def test_what_is_not_one_exact_figure_is_refused(text: str) -> None:
    with pytest.raises(FigureError) as refused:
        parse_number(text, "项")
    assert refused.value.column == "value"
    assert "应为" in str(refused.value) and len(str(refused.value)) < 150


@pytest.mark.parametrize(
    ("text", "unit", "sentence"),
    [
        ("95%", "项", "不带百分号"), ("95%", "", "不带百分号"), ("2万", "万台件", "不再另写万或亿"),
        ("2万%", "%", "不再另写万或亿"), ("约100", "项", "确切的数"), ("1E+05", "项", "科学记数法"),
        ("86家", "项", "不写别的单位"), ("", "%", "单位：%"), ("1,23", "项", "1,234"), ("1,23", "", "不带单位"),
    ],
)  # fmt: skip
def test_the_refusal_says_what_is_expected(text: str, unit: str, sentence: str) -> None:
    with pytest.raises(FigureError, match=sentence):
        parse_number(text, unit)


def test_the_refusal_names_the_column_it_was_given() -> None:
    with pytest.raises(FigureError) as refused:
        parse_number("甲", "", column="denominator")
    assert (refused.value.column, refused.value.read) == ("denominator", "甲")


exact = st.decimals(
    min_value=-999_999_999, max_value=999_999_999, places=3, allow_nan=False, allow_infinity=False
)


@given(exact, st.booleans(), st.booleans(), st.sampled_from(["", "项", " 项"]), st.sampled_from(["", " ", "\u3000"]))
@example(Decimal("-0.000"), True, True, "项", " ")
def test_a_formatted_figure_comes_back(
    number: Decimal, grouped: bool, wide: bool, unit: str, blank: str
) -> None:
    text = f"{number:,}" if grouped else f"{number}"
    text = text.translate(FULL_WIDTH) if wide else text
    assert parse_number(f"{blank}{text}{unit}{blank}", "项") == number


@given(st.integers(-99_999, 99_999), st.integers(0, 2))
def test_wan_moves_the_point_by_four_digits(whole: int, places: int) -> None:
    number = Decimal(whole).scaleb(-places)
    assert parse_number(f"{number:f}万", "项") == number * 10000


@given(st.text(max_size=12), st.sampled_from(["项", "%", "", "万台件"]))
def test_any_text_is_read_or_refused_and_nothing_else_happens(text: str, unit: str) -> None:
    try:
        number = parse_number(text, unit)
    except FigureError:
        return
    assert number.is_finite() and any(sign in half_width(text) for sign in "0123456789")
