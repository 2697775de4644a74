"""What a report says of supervision: the orders sent over what is behind, what was answered, what became of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from trackers.model.supervision import OrderState, OrderStory, Step, StepKind
from trackers.model.wording import BEIJING, date_text, gap_text
from trackers.reports.outline import Contents, Problem
from trackers.reports.texts import one_line

NONE = "没有登记督办。"
Key = tuple[str, str]


def with_orders(made: Contents, stories: Sequence[OrderStory]) -> Contents:
    """The contents with the orders over each problem and their answers; those of other regions in the introduction.

    The digest then speaks for the orders too. The same orders give equal contents, whenever they are made.
    """
    first, *rest = made.problem_intro
    if not stories:
        return made.model_copy(update={"problem_intro": (f"{first}{NONE}", *rest)})
    told: dict[Key, list[str]] = {}
    for story in stories:
        told.setdefault((story.order.indicator, story.order.region), []).append(order_sentence(story))
    far = [
        f"{each.row.region_name}{each.row.indicator_name}：{said}"
        for each in made.problems
        if each.row.region != made.home
        for said in told.get(_key(each), [])
    ]
    near = [_with(each, told.get(_key(each), [])) if each.row.region == made.home else each for each in made.problems]
    intro = (f"{first}{counts_sentence(stories)}", *rest, *far)
    digest = hashlib.sha256((made.digest + _canonical(stories)).encode()).hexdigest()
    return made.model_copy(update={"problem_intro": intro, "problems": tuple(near), "digest": digest})


def _key(problem: Problem) -> Key:
    return problem.row.indicator, problem.row.region


def _with(problem: Problem, said: Sequence[str]) -> Problem:
    return problem.model_copy(update={"sentences": (*problem.sentences, *said)})


def counts_sentence(stories: Sequence[OrderStory]) -> str:
    """How many orders there are, by where they stand: 已登记督办3件：待答复1件，已结案2件。"""
    states = [story.order.state for story in stories]
    counts = [(state, states.count(state)) for state in OrderState]
    return f"已登记督办{len(stories)}件：{'，'.join(f'{_short(state)}{number}件' for state, number in counts if number)}。"


def _short(state: OrderState) -> str:
    return state.word.replace("，", "、")


def order_sentence(story: OrderStory) -> str:
    """One order with its steps, in the order they were taken, each with its day and what was said."""
    order = story.order
    gap = f"，差{gap_text(order.shortfall, order.unit)}" if order.shortfall is not None else ""
    mark = "，演示数据" if order.demo else ""
    head = f"督办单{order.number}（{order.level.word}，{day_text(order.at)}发出，时限{date_text(order.due)}）"
    basis = f"截至{date_text(order.day)}{order.word}{gap}{mark}"
    steps = [step_sentence(step) for step in story.steps] or ["尚未答复"]
    return "；".join([f"{head}：{basis}", f"要求：{one_line(order.asked)}", *steps]) + "。"


def step_sentence(step: Step) -> str:
    """One step with its day and what was said: 2017年1月9日答复：已补充经费，完成时限2017年6月30日."""
    until = f"，完成时限{date_text(step.until)}" if step.kind is StepKind.ANSWERED else ""
    said = f"：{one_line(step.said)}" if step.said else ""
    return f"{day_text(step.at)}{step.kind.word}{said}{until}"


def day_text(at: datetime) -> str:
    """The day in Beijing of a moment: 2017年1月9日."""
    return date_text(at.astimezone(BEIJING).date())


def _canonical(stories: Sequence[OrderStory]) -> str:
    told = [story.model_dump(mode="json") for story in stories]
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
