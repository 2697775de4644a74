"""Named errors. Each carries one sentence that says what was read, what is expected and what to do."""

from __future__ import annotations


class TrackerError(Exception):
    """Base of every error a person may see; `str(error)` is the sentence shown."""


class UnknownNameError(TrackerError):
    """A plan, region, indicator or period was named that does not exist or is ambiguous."""

    def __init__(self, kind: str, name: str, nearest: list[str], *, ambiguous: bool = False) -> None:
        self.kind, self.name, self.nearest, self.ambiguous = kind, name, nearest, ambiguous
        hint = "、".join(nearest)
        if ambiguous:
            sentence = f"{kind}“{name}”指向不止一个：{hint}。请写明其中一个。"
        elif nearest:
            sentence = f"没有名为“{name}”的{kind}。相近的有：{hint}。"
        else:
            sentence = f"没有名为“{name}”的{kind}。"
        super().__init__(sentence)


class PlanError(TrackerError):
    """A plan file contradicts itself or the regions and units known here."""

    def __init__(self, file: str, where: str, field: str, problem: str) -> None:
        self.file, self.where, self.field, self.problem = file, where, field, problem
        super().__init__(f"{file}：{where} 的字段 {field}：{problem}")


class StoreError(TrackerError):
    """The database is missing, damaged, busy for too long, or of another kind or version."""


class DamagedError(StoreError):
    """The file is there, and is no sound database any more."""


class FrozenError(StoreError):
    """The kept bytes of a frozen evaluation are not what was frozen, by their digest."""

    def __init__(self, evaluation: int, step: int) -> None:
        self.evaluation, self.step = evaluation, step
        super().__init__(
            f"第 {evaluation} 号评估的冻结数据与摘要不符（第 {step} 步），数据可能在冻结以后被改动，不能使用。"
            f"请用 restore 取回备份，或运行 check 查明。"
        )


class FileError(TrackerError):
    """A file handed in cannot be read as what it claims to be, or cannot be written."""


class FigureError(TrackerError):
    """A figure cannot be taken; says what was read and what is expected."""

    def __init__(self, column: str, read: str, expected: str) -> None:
        self.column, self.read, self.expected = column, read, expected
        super().__init__(f"{column}：读到“{read}”，应为{expected}")


class RefusedError(TrackerError):
    """The action is not allowed in the present state; says why."""


class ForbiddenError(TrackerError):
    """The person may not do this, there; says who can change that. `reading` would have changed nothing anyway."""

    def __init__(self, what: str, where: str = "", *, reading: bool = False) -> None:
        self.what, self.where = what, where
        place = f"（{where}）" if where else ""
        unchanged = "" if reading else "，没有改动任何数据"
        super().__init__(f"您没有“{what}”的权限{place}{unchanged}。如确需办理，请联系管理员调整您的角色或地区。")


class SignInError(TrackerError):
    """Somebody could not sign in, or is signed in no longer; says why and what to do."""
