"""Commands over accounts, for those who cannot reach the page: user add, grant, passwd, disable, enable, list."""

from __future__ import annotations

from typing import Annotated

import typer

from trackers.actions import accounts as actions
from trackers.actions.passwords import one_time
from trackers.cli.app import AsJson, Db, app, cli_actor, now, opened, print_json, print_table
from trackers.errors import UnknownNameError
from trackers.model.account import ONE_TIME_DAYS, Grant, Role, login_of
from trackers.model.account_words import grant_text, role_named, state_text, typed_account
from trackers.queries.accounts import accounts, known_account
from trackers.queries.plans import find_plan, plans, region_tree
from trackers.store import Store

user = typer.Typer(help="账号：新建、添加角色、重置密码、停用、启用、列出。", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(user, name="user")

Login = Annotated[str, typer.Argument(help="登录名。")]
RoleName = Annotated[str, typer.Option("--role", help=f"角色：{'、'.join(role.word for role in Role)}。")]
Place = Annotated[str, typer.Option("--region", help="地区：代码或名称，如 全国、210900。")]
Below = Annotated[bool, typer.Option("--below", help="连同下级地区。")]
Only = Annotated[list[str] | None, typer.Option("--plan", help="只限这份规划，可写几次；不写就是全部规划。")]
ONCE = f"一次性密码（只显示这一次，{ONE_TIME_DAYS} 天内有效，首次登录须改）："


@user.command()
def add(
    login: Login,
    name: Annotated[str, typer.Option("--name", help="姓名。")],
    role: RoleName,
    region: Place,
    below: Below = False,
    plan: Only = None,
    unit: Annotated[str, typer.Option("--unit", help="单位。")] = "",
    claim: Annotated[str | None, typer.Option("--claim", help="统一认证标识。")] = None,
    db: Db = None,
) -> None:
    """新建账号，输出一次性密码。

    例：python -m trackers user add zhangsan --name 张三 --role 管理员 --region 全国 --below
    """
    with opened(db) as store:
        given, told = _given(store, role, region, below, plan)
        account = typed_account(login, name, unit, claim, (given,))
        password = one_time()
        actions.create_account(store, account, password=password, by=cli_actor(), at=now())
    typer.echo(f"已新建账号 {account.login}（{told}）。{ONCE}")
    typer.echo(password)


@user.command()
def grant(login: Login, role: RoleName, region: Place, below: Below = False, plan: Only = None, db: Db = None) -> None:
    """给已有的账号添加一个角色，原有的角色照旧。

    例：python -m trackers user grant zhangsan --role 评估员 --region 辽宁
    """
    with opened(db) as store:
        given, told = _given(store, role, region, below, plan)
        account = known_account(store, _login(login))
        if given in account.grants:
            return typer.echo(f"账号 {account.login} 已有这个角色（{told}），没有改动。")
        more = account.model_copy(update={"grants": (*account.grants, given)})
        actions.change_account(store, more, by=cli_actor(), at=now())
    return typer.echo(f"已给账号 {account.login} 添加角色（{told}）。")


def _given(store: Store, role: str, region: str, below: bool, plan: list[str] | None) -> tuple[Grant, str]:
    """A role as it was typed, and the same in words."""
    tree = region_tree(store)
    only = tuple(find_plan(store, each, tree).id for each in plan or [])
    given = Grant(role=_role(role), region=tree.resolve(region).code, below=below, plans=only)
    return given, grant_text(given, tree, plans(store))


@user.command()
def passwd(login: Login, db: Db = None) -> None:
    """重置密码：输出一次性密码，原来的密码和已登录的会话作废。

    例：python -m trackers user passwd zhangsan
    """
    with opened(db) as store:
        password = actions.reset_password(store, _login(login), by=cli_actor(), at=now())
    typer.echo(f"已重置 {login} 的密码，已登录的会话作废。{ONCE}")
    typer.echo(password)


@user.command()
def disable(login: Login, db: Db = None) -> None:
    """停用账号：不能再登录，已登录的会话作废；记录和填报保留。

    例：python -m trackers user disable zhangsan
    """
    with opened(db) as store:
        actions.disable_account(store, _login(login), by=cli_actor(), at=now())
    typer.echo(f"账号 {login} 已停用。")


@user.command()
def enable(login: Login, db: Db = None) -> None:
    """启用停用的账号，角色和密码照旧。

    例：python -m trackers user enable zhangsan
    """
    with opened(db) as store:
        actions.enable_account(store, _login(login), by=cli_actor(), at=now())
    typer.echo(f"账号 {login} 已启用。")


@user.command(name="list")
def list_(db: Db = None, as_json: AsJson = False) -> None:
    """列出账号、角色和状态。

    例：python -m trackers user list
    """
    with opened(db) as store:
        every = accounts(store, by=cli_actor())
        tree, known = region_tree(store), plans(store)
    if as_json:
        print_json([account.model_dump(mode="json") for account in every])
        return
    at = now()
    rows = [
        [a.login, a.name, a.unit, "；".join(grant_text(grant, tree, known) for grant in a.grants), state_text(a, at)]
        for a in every
    ]
    print_table(["登录名", "姓名", "单位", "角色", "状态"], rows)


def _role(text: str) -> Role:
    role = role_named(text)
    if role is None:
        raise UnknownNameError("角色", text, [role.word for role in Role])
    return role


def _login(text: str) -> str:
    try:
        return login_of(text)
    except ValueError:
        raise UnknownNameError("账号", text, []) from None
