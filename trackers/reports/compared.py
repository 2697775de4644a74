"""Two evaluations of one plan beside each other: what moved from the earlier to the later, figure by figure."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from trackers.assessment.changes import worth_of
from trackers.assessment.verdict import Verdict
from trackers.errors import RefusedError
from trackers.model.account import Actor
from trackers.model.finding import Subject
from trackers.model.wording import date_text
from trackers.reports.evaluated import evaluation_report
from trackers.reports.figures import Frozen, Row
from trackers.reports.outline import ChangeLine, Contents, Setting
from trackers.reports.sentences import listed, place_name, verdict_text
from trackers.reports.versions import versions
from trackers.store import Store

BETTER, WORSE, SAME, UNKNOWN = "好转", "变差", "持平", "不能比较"


class Side(Frozen):
    """One of the two evaluations."""

    evaluation: int
    name: str
    cutoff: date
    digest: str
    beside: str


class Moved(Frozen):
    """One figure then and now, in `unit`; fractions are fractions, `points` is completion now less then.

    `moved` says in a word whether the verdict became better or worse.
    """

    indicator: str
    name: str
    region: str
    region_name: str
    unit: str
    target_then: str
    target_now: str
    value_then: float | None
    value_now: float | None
    change: float | None
    completion_then: float | None
    completion_now: float | None
    points: float | None
    verdict_then: str
    verdict_now: str
    moved: str
    demo: bool

    @property
    def retargeted(self) -> bool:
        """Whether it is held to another target now than then."""
        return bool(self.target_then and self.target_now) and self.target_then != self.target_now


class Followed(Frozen):
    """What lagged then: why, what was suggested and ordered, and how it stands now."""

    name: str
    region_name: str
    then: str
    cause: str
    suggestion: str
    orders: str
    now: str


class Graded(Frozen):
    """A goal or task as the voices graded it then and now."""

    subject: str
    name: str
    then: str
    now: str


class Comparison(Frozen):
    """Everything that is said of two evaluations of a plan beside each other."""

    title: str
    plan: str
    plan_name: str
    first: Side
    second: Side
    warnings: tuple[str, ...]
    summary: tuple[str, ...]
    moves: tuple[Moved, ...]  # of the plan's own region
    regional: tuple[Moved, ...]
    changes: tuple[ChangeLine, ...]  # of targets, known at the later evaluation and not at the earlier
    followed: tuple[Followed, ...]
    graded: tuple[Graded, ...]
    made_at: date
    made: str = ""
    versions: tuple[Setting, ...] = ()


def comparison(store: Store, one: int, other: int, *, by: Actor, until: datetime | None = None) -> Comparison:
    """Two frozen evaluations compared, the one with the earlier cut-off day first.

    Raises RefusedError where they are of different plans or the same, and as `material` for either of them.
    """
    if one == other:
        raise RefusedError(f"要比较的是同一次评估（第 {one} 号）。请写两次不同的评估。")
    with store.reading():
        found = [evaluation_report(store, id, by=by, until=until) for id in (one, other)]
    if found[0].plan != found[1].plan:
        names = "和".join(f"第 {id} 号是“{each.plan_name}”的" for id, each in zip((one, other), found, strict=True))
        raise RefusedError(f"两次评估不是同一份规划的，不能比较：{names}。请选同一份规划的两次评估。")
    first, second = sorted(found, key=lambda each: each.as_of)
    return compared(first, second)


def compared(first: Contents, second: Contents) -> Comparison:
    """The comparison of the contents of two reports of one plan, the earlier first."""
    moves = _moves(first, second)
    own = tuple(each for each in moves if each.region == second.home)
    changes = tuple(each for each in second.changes if each not in first.changes)
    title = f"{second.title.rpartition('》')[0]}》{first.kind.word}与{second.kind.word}比较"
    return Comparison(
        title=title, plan=second.plan, plan_name=second.plan_name, first=_side(first), second=_side(second),
        warnings=tuple(dict.fromkeys((*first.warnings, *second.warnings))), summary=tuple(_summary(first, second, own, moves)),
        moves=own, regional=tuple(each for each in moves if each.region != second.home), changes=changes,
        followed=tuple(_followed(first, second)), graded=tuple(_graded(first, second)),
        made_at=max(first.made_at, second.made_at),
    )  # fmt: skip


def stamped(told: Comparison, format: str, template: str) -> Comparison:
    """The comparison with the digest over both evaluations, what was said beside them and what it is made with."""
    used = versions(format)
    parts = {
        "first": told.first.model_dump(mode="json"), "second": told.second.model_dump(mode="json"), "format": format,
        "template": template, "versions": {each.name: each.value for each in used},
    }  # fmt: skip
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return told.model_copy(update={"made": hashlib.sha256(text.encode()).hexdigest(), "versions": used})


def _side(contents: Contents) -> Side:
    assert contents.basis is not None
    name = f"{contents.kind.word}（截至{date_text(contents.as_of)}）"
    return Side(evaluation=contents.basis.evaluation, name=name, cutoff=contents.as_of, digest=contents.digest,
                beside=contents.basis.beside)  # fmt: skip


def _moves(first: Contents, second: Contents) -> list[Moved]:
    """Every row of either evaluation, in the order of the later and then of the earlier."""
    then = {(row.indicator, row.region): row for row in first.rows}
    now = {(row.indicator, row.region): row for row in second.rows}
    return [_moved(then.get(key), now.get(key)) for key in dict.fromkeys([*now, *then])]


def _moved(then: Row | None, now: Row | None) -> Moved:
    row = now or then
    assert row is not None
    values = [None if each is None or each.partial else each.value for each in (then, now)]
    completions = [None if each is None or each.kept else each.completion for each in (then, now)]
    return Moved(
        indicator=row.indicator, name=row.indicator_name, region=row.region, region_name=row.region_name, unit=row.unit,
        target_then=then.target_text if then else "", target_now=now.target_text if now else "", value_then=values[0],
        value_now=values[1], change=_less(values), completion_then=completions[0], completion_now=completions[1],
        points=_less(completions), verdict_then=verdict_text(then) if then else "", verdict_now=verdict_text(now) if now else "",
        moved=_word(then, now), demo=any(each.demo for each in (then, now) if each),
    )  # fmt: skip


def _less(pair: Sequence[float | None]) -> float | None:
    then, now = pair
    return None if then is None or now is None else now - then


def _word(then: Row | None, now: Row | None) -> str:
    before, after = (worth_of(Verdict(row.verdict), row.severity) if row else None for row in (then, now))
    if before is None or after is None:
        return UNKNOWN
    return SAME if before == after else BETTER if after > before else WORSE


def _summary(first: Contents, second: Contents, own: Sequence[Moved], moves: Sequence[Moved]) -> list[str]:
    span = f"自{date_text(first.as_of)}至{date_text(second.as_of)}"
    if not moves:
        return [f"{span}，本规划没有数量指标，只比较定性目标和重点任务的评定。"]
    said = [f"{span}，规划的{len(second.indicators)}项指标中，{_counted(own)}。{_named(own)}"]
    far = [each for each in moves if each.region != second.home]
    if far:
        said.append(f"各地区的数据共{len(far)}个，{_counted(far, '个')}。")
    retargeted = [each.name for each in own if each.retargeted]
    if retargeted:
        said.append(f"{len(retargeted)}项指标的目标在两次评估之间有变：{listed(retargeted)}；两次的完成率各按当时的目标计算。")
    demo = sum(each.demo for each in moves)
    return [*said, f"其中{demo}个数据的比较依据演示数据，不是真实进展。"] if demo else said


def _counted(moves: Sequence[Moved], unit: str = "项") -> str:
    numbers = Counter(each.moved for each in moves)
    told = "、".join(f"判定{word}{numbers[word]}{unit}" for word in (BETTER, SAME, WORSE))
    return f"{told}，{UNKNOWN}{numbers[UNKNOWN]}{unit}"


def _named(moves: Sequence[Moved]) -> str:
    told = [(word, [each.name for each in moves if each.moved == word]) for word in (BETTER, WORSE)]
    return "".join(f"{word}的有：{listed(names)}。" for word, names in told if names)


def _followed(first: Contents, second: Contents) -> list[Followed]:
    """Each problem of the earlier evaluation with what was found and ordered then, and how it stands now."""
    now = {(row.indicator, row.region): row for row in second.rows}
    found = []
    for problem in first.problems:
        row = problem.row
        place = (Subject.INDICATOR.word, row.indicator_name, row.region_name)
        said = [line for line in first.voices if (line.subject, line.name, line.region_name) == place]
        suggestions = [f"{line.voice}：{line.suggestion}" for line in said if line.suggestion]
        orders = [f"{line.number}（{line.level}）{line.state}" for line in second.sent
                  if (line.indicator_name, line.region_name) == place[1:]]  # fmt: skip
        if row.region != first.home and not (said or orders):
            continue  # a region's row of which nobody said anything stands among the moves
        later = now.get((row.indicator, row.region))
        found.append(
            Followed(
                name=place_name(row, first.home), region_name=row.region_name, then=verdict_text(row), cause=problem.reason,
                suggestion="；".join(suggestions), orders="；".join(orders), now=verdict_text(later) if later else "不再评估",
            )
        )  # fmt: skip
    return found


def _graded(first: Contents, second: Contents) -> list[Graded]:
    """Goals, and tasks, that a voice graded in either evaluation."""
    sides = []
    for contents in (first, second):
        goals = {("定性目标", f"{each.name}（{each.year}年）"): each.rating for each in contents.goals}
        tasks = {("重点任务", f"{each.group}{each.number} {each.name}"): each.progress for each in contents.tasks}
        sides.append({key: _grade(text) for key, text in (goals | tasks).items()})
    then, now = sides
    return [
        Graded(subject=key[0], name=key[1], then=then.get(key, ""), now=text)
        for key, text in now.items() if text or then.get(key)
    ]  # fmt: skip


def _grade(text: str) -> str:
    """What the voices said, without the indicators that a task serves; empty where nobody did."""
    said = text.partition("；相关指标：")[0]
    return "" if said in ("尚未评级", "进展尚未填报") else said
