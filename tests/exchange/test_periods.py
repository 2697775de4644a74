from __future__ import annotations

import pytest

from trackers.errors import FigureError
from trackers.exchange.periods import read_period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024", "2024"), ("2024年", "2024"), ("2024年度", "2024"), (" ２０２４ ", "2024"), ("2024Q3", "2024Q3"),
        ("2024q3", "2024Q3"), ("2024-Q3", "2024Q3"), ("2024年Q3", "2024Q3"), ("2024 Q3", "2024Q3"),
        ("2024年第三季度", "2024Q3"), ("2024年三季度", "2024Q3"), ("2024年第3季度", "2024Q3"), ("２０２４Ｑ３", "2024Q3"),
        ("2024H1", "2024H1"), ("2024年上半年", "2024H1"), ("2024下半年", "2024H2"), ("2024-09", "2024-09"),
        ("2024-9", "2024-09"), ("2024年9月", "2024-09"), ("2024年12月份", "2024-12"), ("2024/9", "2024-09"),
        ("2024-05-20", "2024-05-20"), ("2024/5/20", "2024-05-20"), ("2024年5月20日", "2024-05-20"),
        ("2024.5.20", "2024-05-20"),
    ],
)  # fmt: skip
def test_a_period_is_read_in_the_ways_people_write_it(text: str, period: str):
    assert str(read_period(text)) == period


@pytest.mark.parametrize(
    "text",
    ["", "今年", "24", "2024.9", "2024.10", "202409", "45413", "2024Q5", "2024H3", "2024-13", "2024-02-30", "0000",
     "2024年第五季度", "2024 2025", "2023-2024", "Sep-24", "=2024", "2024Q3Q4", "9" * 500],
)  # fmt: skip
def test_what_is_not_one_period_is_refused(text: str):
    with pytest.raises(FigureError) as refused:
        read_period(text)
    assert refused.value.column == "period" and "2024Q3" in refused.value.expected
