"""The command line: `python -m trackers COMMAND`. Every command is also an action or a query."""

from __future__ import annotations

import os
import sys

from trackers.cli.app import app  # isort: skip
from trackers.cli import adjustment, evaluation, evaluation_report, finding, figures, keep  # noqa: F401, I001  (each adds commands)
from trackers.cli import maps, period, plan, read, record, report, review, supervision, user  # noqa: F401
from trackers.errors import TrackerError, UnknownNameError


def main() -> None:
    """Run the command; a named error is one line on stderr: exit 2 for a wrong name, else 1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    try:
        app()
    except UnknownNameError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except TrackerError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:
        if os.environ.get("TRACKERS_DEBUG"):
            raise
        print(f"程序出错（{type(error).__name__}：{error}）。设 TRACKERS_DEBUG=1 再运行一次可看详情。", file=sys.stderr)
        sys.exit(1)
