"""Deadlines as a calendar file (.ics) that Outlook, WPS and telephones take in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event
from icalendar.enums import STATUS, TRANSP

from trackers.model.account import Actor
from trackers.model.plan import Plan
from trackers.model.window import Window
from trackers.model.wording import BEIJING, date_text
from trackers.queries.periods import deadlines
from trackers.store import Store

HERE = "metrology-plan-tracker"
PRODUCT = f"-//{HERE}//deadlines//ZH"
AHEAD = timedelta(days=366)
WARNED = timedelta(hours=9) - timedelta(days=3)  # three days before, at nine in the morning
PROVISIONAL = "（暂定）"


def calendar_file(store: Store, *, by: Actor, at: datetime) -> bytes:
    """The deadlines of the coming year that concern the person, each a whole day with a reminder three days before.

    The same deadline carries the same UID in every file, so that a calendar that takes a newer one in moves it.
    """
    today = at.astimezone(BEIJING).date()
    found = deadlines(store, by=by, first=today, last=today + AHEAD)
    book = Calendar.new(prodid=PRODUCT, name="计量规划填报截止日", language="zh-CN", uid=f"deadlines@{HERE}")
    for plan, window in _longest(found):
        book.add_component(_event(plan, window, at))
    written: bytes = book.to_ical()
    return written


def _longest(found: Iterable[tuple[Plan, Window]]) -> list[tuple[Plan, Window]]:
    """One for each plan, level and day: the year's stands for the quarter that ends with it."""
    kept: dict[tuple[str, str, date, date], tuple[Plan, Window]] = {}
    for plan, window in found:  # of periods with one end the longest comes last
        kept[plan.id, window.level, window.period.end, window.deadline] = plan, window
    return list(kept.values())


def _event(plan: Plan, window: Window, at: datetime) -> Event:
    marked = PROVISIONAL if window.provisional else ""
    title = f"填报截止{marked}：{plan.short} {window.level.word} {window.period.words}"
    about = f"{plan.title}，{window.level.word}地区，{window.period.words}的数据。{date_text(window.opens)}起填报，当天仍可填报。"
    about += "节假日安排尚未公布，截止日按周末推算，公布后可能变动。" if window.provisional else ""
    reminder = Alarm()
    reminder.add("ACTION", "DISPLAY")
    reminder.add("DESCRIPTION", title)
    reminder.add("TRIGGER", WARNED)
    return Event.new(
        uid=f"{plan.id}-{window.level.value}-{window.period}@{HERE}", stamp=at, summary=title,
        description=about, start=window.deadline, end=window.deadline + timedelta(days=1),
        status=STATUS.TENTATIVE if window.provisional else STATUS.CONFIRMED, transparency=TRANSP.TRANSPARENT,
        subcomponents=[reminder],
    )  # fmt: skip
