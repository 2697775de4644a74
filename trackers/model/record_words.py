"""The record in words: what each action is called, and what its entry tells, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trackers.model.account import Grant
from trackers.model.account_words import grant_text
from trackers.model.plan import Level, Plan
from trackers.model.region import RegionTree
from trackers.model.wording import moment_text, number_text

ACTION_WORDS = {
    "submit_figures": "提交填报", "record_figures": "直接入库", "approve_figures": "审核通过", "return_figures": "退回",
    "keep_draft": "保存草稿", "drop_draft": "清除草稿", "add_evidence": "上传佐证材料", "add_map": "装入地图",
    "remove_map": "移除地图",
    "open_periods": "开放填报期", "close_period": "关闭填报期", "set_period_rule": "设定截止规则",
    "grant_exception": "准许补报", "create_account": "新建账号", "change_account": "修改账号",
    "disable_account": "停用账号", "enable_account": "启用账号", "reset_password": "重置密码",
    "import_accounts": "导入账号", "hand_over": "移交", "sign_in": "登录", "sign_out": "退出登录",
    "change_password": "修改密码", "load_plan": "载入规划", "load_regions": "载入地区", "load_published": "载入公布数据",
    "restore": "取回备份",
    "issue_orders": "发出督办", "answer_order": "答复督办", "accept_answer": "认可督办答复", "return_answer": "退回督办答复",
    "propose_changes": "提出指标调整", "examine_change": "审查指标调整", "approve_change": "登记批准",
    "reject_change": "登记未获批准", "withdraw_change": "撤回指标调整",
    "open_evaluation": "开评", "assign_evaluation": "指定第三方评估",
    "unassign_evaluation": "撤回第三方评估指定", "freeze_evaluation": "冻结评估",
    "reopen_evaluation": "重新开启评估", "publish_evaluation": "公布评估", "withdraw_evaluation": "撤回评估公布",
    "write_finding": "写评估意见", "comment_finding": "评论评估意见", "draw_checks": "随机抽查", "choose_checks": "选取抽查",
    "record_check": "登记抽查结果",
    "close_order": "督办结案", "close_turned": "督办结案（判定好转）",
}  # fmt: skip
REFUSED, BEFORE, AFTER, REASON, WHERE = "refused", "before", "after", "reason", "where"
# What an entry may tell, in the order in which it is read.
TOLD_WORDS = {
    REFUSED: "拒绝原因", REASON: "原因", "comment": "审核意见", BEFORE: "之前", AFTER: "之后", "to": "接手人", "name": "名称",
    "unit": "单位", "claim": "统一认证标识", "grants": "角色", "role": "角色", "region": "地区", "below": "含下级",
    "plan": "规划", "plans": "规划", "level": "层级", "period": "填报期", "periods": "填报期", "opens": "开始",
    "deadline": "截止", "until": "准许到", "closed": "已关闭", "working_days": "工作日数", "disabled": "已停用",
    "must_change": "须改密码",
    "new": "新增", "changed": "改动", "same": "相同", "present": "已有", "drafts": "草稿", "file": "文件", "kind": "类型",
    "size": "字节", "browser": "浏览器", "how": "方式", "batch": "填报批次", "review": "审核批次", "digest": "内容摘要",
    "demo": "演示数据", "order": "督办单", "orders": "督办单", "number": "件数", "said": "内容", "files": "附件",
    "adjustment": "调整编号", "state": "办理结果", "approval_number": "文号", "approved_on": "批准日期", "effective": "生效日期",
    "indicator": "指标", "year": "年份", "reference": "依据", "adjustments": "目标", "adjusted": "已生效的调整",
    "own": "由提出人办理", "digests": "内容摘要",
    "evaluation": "评估编号", "content": "评估内容摘要", "cutoff": "截止日", "policy": "判定标准", "login": "账号",
    "missing": "冻结时尚缺", "finding": "意见编号", "subject": "对象", "code": "编号", "voice": "评估方", "grade": "评定",
    "computed": "计算的判定", "cause": "原因类别",
    "explained": "原因说明", "suggestion": "建议", "evidence": "依据", "delivered": "成果", "seed": "抽样种子",
    "review_number": "审图号", "outlines": "轮廓个数", WHERE: "来自",
}  # fmt: skip
FIGURES = "figures"
FLAGS = ("closed", "below", "disabled", "must_change", "demo", "own")
SUBJECTS = {"regions": "地区", "published": "公布数据"}
VALUES = {("browser", "known"): "用过的浏览器", ("browser", "new"): "第一次用的浏览器"}
NOTHING = "（无）"
Line = tuple[str, str]  # what it is called, what it says


def action_word(action: str) -> str:
    """What an action is called; one that is not known here as it is."""
    return ACTION_WORDS.get(action, action)


def when_text(at: str) -> str:
    """The moment of an entry on the clock in Beijing; one that was bent into no moment as it is."""
    try:
        return moment_text(at)
    except ValueError:
        return at


class Names:
    """Entries in words, with the names of plans, indicators and regions in the place of their codes."""

    def __init__(self, plans: Iterable[Plan], tree: RegionTree) -> None:
        self.plans = {plan.id: plan for plan in plans}
        self.tree = tree

    def subject(self, subject: str) -> str:
        """What an action was about: a plan or several, the region and period of a sheet, else as it is."""
        if subject in SUBJECTS:
            return SUBJECTS[subject]
        plan, *sheet = subject.split(" ")
        if len(sheet) == 2 and plan in self.plans:
            return f"{self._plan(plan)} {self._region(sheet[0])} {sheet[1]}"
        return "、".join(self._plan(each) for each in subject.split("、"))

    def coded(self, typed: str) -> str:
        """What was typed as a search for a subject: the id of a plan that was named by its short name or title."""
        wanted = typed.strip()
        return next((plan.id for plan in self.plans.values() if wanted in (plan.short, plan.title)), wanted)

    def lines(self, subject: str, detail: Mapping[str, Any]) -> list[Line]:
        """Everything an entry tells, one line each; what is not known here with its own name, at the end."""
        order = [name for name in TOLD_WORDS if name in detail and name != WHERE]
        rest = [name for name in detail if name not in TOLD_WORDS and name != FIGURES]
        told = [(TOLD_WORDS.get(name, name), self._text(name, detail[name])) for name in [*order, *rest]]
        figures = detail.get(FIGURES)
        rows = figures if isinstance(figures, list) else []
        told += [(f"第{number}个数", self._figure(subject, row)) for number, row in enumerate(rows, start=1)]
        return told + ([(TOLD_WORDS[WHERE], str(detail[WHERE]))] if WHERE in detail else [])

    def brief(self, detail: Mapping[str, Any]) -> str:
        """An entry in one line: why it was refused, else the reason and what changed."""
        shown = [REFUSED, REASON, "comment", BEFORE, AFTER, "to", "name", "level", "periods", "until"]
        shown += ["new", "changed", "same", "file"]
        if detail.get(REFUSED):
            return f"被拒绝：{detail[REFUSED]}"
        told = [f"{TOLD_WORDS[name]}：{self._text(name, detail[name])}" for name in shown if detail.get(name)]
        count = detail.get(FIGURES)
        return "；".join([*told, *([f"{len(count)} 个数"] if isinstance(count, list) and "new" not in detail else [])])

    def _plan(self, id: object) -> str:
        return self.plans[id].short if isinstance(id, str) and id in self.plans else str(id)

    def _region(self, code: object) -> str:
        return self.tree.path_name(code) if isinstance(code, str) and code in self.tree else str(code)

    def _indicator(self, plan: object, id: object) -> str:
        held = self.plans.get(plan) if isinstance(plan, str) else None
        return next((each.name for each in held.indicators if each.id == id), str(id)) if held else str(id)

    def _figure(self, subject: str, row: object) -> str:
        """[indicator, region, period, before, now, reason], or as a review has it with the plan first and a revision."""
        if not isinstance(row, list) or len(row) not in (6, 7):
            return self._text(FIGURES, row)
        reviewed = len(row) == 7
        plan, indicator, region, period = row[:4] if reviewed else [subject, *row[:3]]
        before, now = row[5:7] if reviewed else row[3:5]
        why = f"（理由：{row[5]}）" if not reviewed and row[5] else ""
        place = f"{self._region(region)} {period} {self._indicator(plan, indicator)}"
        return f"{place}：{_number(before)} → {_number(now)}{why}"

    def _text(self, name: str, value: object) -> str:
        """A value as it is read, whatever it is made of."""
        if isinstance(value, Mapping) and {"role", "region"} <= value.keys():
            return self._grant(value)
        if isinstance(value, Mapping):
            return "；".join(f"{TOLD_WORDS.get(key, key)}：{self._text(key, each)}" for key, each in value.items()) or NOTHING
        if isinstance(value, list | tuple):
            return "、".join(self._text(name, each) for each in value) or NOTHING
        return self._word(name, value)

    def _grant(self, told: Mapping[str, Any]) -> str:
        try:
            return grant_text(Grant.model_validate(told), self.tree, self.plans.values())
        except ValueError:  # of a role that there is no more
            return "；".join(f"{key}：{each}" for key, each in told.items())

    def _word(self, name: str, value: object) -> str:
        if value is None or value == "":
            return NOTHING
        if isinstance(value, bool) or name in FLAGS:
            return "是" if value else "否"
        if isinstance(value, int | float):
            return number_text(value)
        if name in ("plan", "plans"):
            return self._plan(value)
        if name == "region":
            return self._region(value)
        if name == "level" and value in list(Level):
            return Level(str(value)).word
        return VALUES.get((name, str(value)), str(value))


def _number(value: object) -> str:
    return number_text(value) if isinstance(value, int | float) else NOTHING
