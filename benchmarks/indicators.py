"""The thirty indicators of the national set: what they are called, how they add up, and how their figures go."""

from __future__ import annotations

from typing import NamedTuple

from trackers.model.plan import Aggregation, Direction, Measure


class Course(NamedTuple):
    """One indicator and its way: from `start` to `goal`, of which `pace` is covered when all the time has passed."""

    id: str
    name: str
    unit: str
    aggregation: Aggregation
    measure: Measure
    start: float
    goal: float
    pace: float

    @property
    def direction(self) -> Direction:
        """Which way is better."""
        return Direction.INCREASE if self.goal > self.start else Direction.DECREASE


RATES = (
    ("强制检定受检率", 82, 96), ("检定及时率", 75, 95), ("加油机检定覆盖率", 85, 99), ("衡器抽查合格率", 80, 96),
    ("定量包装合格率", 78, 95), ("水表检定覆盖率", 62, 90), ("电能表检定覆盖率", 84, 99), ("燃气表检定覆盖率", 66, 92),
    ("医用器具受检率", 74, 97), ("计量投诉办结率", 88, 99), ("不合格器具比例", 12, 4),
)  # fmt: skip
MEANS = (
    ("社会公用计量标准", "项", 12, 40), ("计量技术人员", "人", 9, 28), ("注册计量师", "人", 3, 14), ("检定装置", "件", 30, 90),
    ("诚信计量示范单位", "家", 4, 30), ("授权检定项目", "项", 10, 36), ("能源计量审查单位", "家", 2, 12),
    ("计量宣传活动", "次", 1, 10), ("比对参加项目", "次", 1, 8), ("超期检定次数", "次", 24, 6), ("标准物质", "种", 1, 9),
)  # fmt: skip
OTHERS = (
    ("新建计量标准", "项", Aggregation.SUM, Measure.COUNT, 0, 30),
    ("服务企业", "家", Aggregation.SUM, Measure.COUNT, 0, 120),
    ("检定器具", "台件", Aggregation.SUM, Measure.COUNT, 0, 9000),
    ("培训人次", "人", Aggregation.SUM, Measure.COUNT, 0, 400),
    ("最多一类标准", "项", Aggregation.MAX, Measure.STOCK, 5, 18),
    ("最少在岗人员", "人", Aggregation.MIN, Measure.STOCK, 1, 4),
    ("本级考核项目", "项", Aggregation.OWN, Measure.STOCK, 4, 20),
    ("本级专项检查", "次", Aggregation.OWN, Measure.COUNT, 0, 48),
)  # fmt: skip
PACES = (1.0, 1.3, 0.78, 1.06, -0.3, 0.92, 0.45)


def courses() -> list[Course]:
    """The thirty, in the order of the plans."""
    ratio, mean = Aggregation.RATIO, Aggregation.MEAN
    plain = [(name, "%", ratio, Measure.RATE, start, goal) for name, start, goal in RATES]
    plain += [(name, unit, mean, Measure.STOCK, start, goal) for name, unit, start, goal in MEANS]
    plain += list(OTHERS)
    paces = [abs(PACES[n % 7]) if each[3] is Measure.COUNT else PACES[n % 7] for n, each in enumerate(plain)]
    return [Course(f"made-up-{n + 1:02}", *each, pace) for n, (each, pace) in enumerate(zip(plain, paces, strict=True))]
