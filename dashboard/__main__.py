"""`python -m dashboard`: opens the database, prints the address, serves the pages until Ctrl-C."""

from __future__ import annotations

import errno
import os
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

# Started as a folder (`python dashboard`), Python finds the folder's own files but not the packages beside it.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import typer  # noqa: E402

from trackers.actions.accounts import FIRST_LOGIN, first_administrator  # noqa: E402
from trackers.errors import TrackerError  # noqa: E402
from trackers.exchange.demonstration_work import demonstrate_work  # noqa: E402
from trackers.exchange.first_start import open_or_create  # noqa: E402
from trackers.model.account import ONE_TIME_DAYS  # noqa: E402
from trackers.settings import DEMO_DATABASE, database_path  # noqa: E402

NAME = "计量规划目标跟踪平台"
SECONDS_TO_LEAVE = 2  # that open pages get when the server stops

Port = Annotated[int, typer.Option("--port", min=1, max=65535, help="端口。")]
Host = Annotated[str, typer.Option("--host", help="监听的地址；0.0.0.0 可供同一网络的其他机器使用。")]
Db = Annotated[Path | None, typer.Option("--db", help="数据库文件；不写则用 TRACKERS_DB，再则 data/tracker.db。")]
Demo = Annotated[bool, typer.Option("--demo", help="打开演示数据库（data/demo.db），没有就先建立；处处标明演示数据。")]


app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def start(port: Port = 8501, host: Host = "127.0.0.1", db: Db = None, demo: Demo = False) -> None:
    """启动计量规划目标跟踪平台，打印网址；按 Ctrl-C 停止。"""
    try:
        listening = listen(host, port)  # first, so that nothing is made when it cannot start
        path = prepare(db or (DEMO_DATABASE if demo else database_path()), demo)
    except TrackerError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(1) from None
    os.environ["TRACKERS_DB"] = str(path)
    print(f"{NAME}：http://{address(host)}:{port}", flush=True)
    serve(listening)


def prepare(path: Path, demo: bool) -> Path:
    """The database's full path, once it is there and up to date; raises TrackerError."""
    path = path.resolve()
    if not path.exists():
        print(f"正在建立数据库 {path} ……", flush=True)
    now = datetime.now(UTC)
    with open_or_create(path, at=now, demo=demo) as store:
        if demo:
            demonstrate_work(store, at=now)
        tell_first_administrator(first_administrator(store, at=now))
    return path


def tell_first_administrator(password: str | None) -> None:
    """Print how the first administrator signs in; the password is kept nowhere in this form."""
    if password:
        holds = f"它只显示这一次，{ONE_TIME_DAYS} 天内有效"
        print(f"已建立第一个管理员账号。请记下一次性密码，{holds}；首次登录时须改为自己的密码。")
        print(f"    登录名：{FIRST_LOGIN}\n    一次性密码：{password}", flush=True)


def listen(host: str, port: int) -> socket.socket:
    """The open port; raises TrackerError with what to do when it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.socket(family)
    if os.name == "posix":
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((host, port))
        opened.listen(128)
    except OSError as error:
        opened.close()
        why = "端口已被占用" if error.errno == errno.EADDRINUSE else error.strerror or str(error)
        raise TrackerError(f"不能在 {host} 的端口 {port} 上启动：{why}。请用 --port 换一个端口，或改 --host。") from None
    return opened


def address(host: str) -> str:
    """The host as a browser on this machine writes it."""
    known = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}
    return known.get(host, f"[{host}]" if ":" in host else host)


def serve(listening: socket.socket) -> None:
    """Serve until Ctrl-C."""
    import uvicorn

    config = uvicorn.Config(
        "dashboard.server:app", log_level="warning", timeout_graceful_shutdown=SECONDS_TO_LEAVE, ws_max_size=2**26
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        print("已停止。", flush=True)


def main() -> None:
    """Run the command with UTF-8 output, whatever the console's own encoding."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    app(prog_name="python -m dashboard")


if __name__ == "__main__":
    main()
