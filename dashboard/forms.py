"""Forms that a browser sends: where they may come from, how large they may be, where they may lead."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

SIGN_IN, SIGN_OUT, PASSWORD = "/sign-in", "/sign-out", "/password"
SINGLE = "/sso"  # a page that does nothing but lead to the provider of single sign-on
LARGEST = 16 * 1024  # bytes of a form
FORM = "application/x-www-form-urlencoded"
LOCAL_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]{0,2000}")


class Answered(Exception):
    """Ends the handling of a form with a page that says why."""

    def __init__(self, status: int, sentence: str) -> None:
        self.status, self.sentence = status, sentence


def local_path(asked: str | None) -> str:
    """Where to go on: a path of this server alone, else the first page."""
    path = asked or "/"
    own = LOCAL_PATH.fullmatch(path) and urlsplit(path).path not in {SIGN_IN, SIGN_OUT, SINGLE}
    return path if own else "/"


def forged(request: Request) -> str:
    """Why a form cannot have come from a page of this server, in a sentence; "" where it can."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site not in {"same-origin", "none"}:
        return "这次提交来自别的网站，没有受理。请从本平台的页面重新操作。"
    host, sender = request.headers.get("host", ""), request.headers.get("origin") or request.headers.get("referer")
    if not sender:
        return "这次提交没有写明来自哪个页面，没有受理。请用浏览器打开本平台的页面重新操作。"
    if not host or urlsplit(sender).netloc.lower() != host.lower():
        return (
            "这次提交不是从本平台的页面发出的，没有受理。请从本平台的页面重新操作；"
            "若经过反向代理，请管理员核对它是否原样转发了 Host。"
        )
    return ""


async def fields_of(request: Request) -> dict[str, str]:
    """What the form says; raises Answered for one from elsewhere, of another kind, or too large."""
    why = forged(request)
    if why:
        raise Answered(403, why)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise Answered(413, f"提交的内容太大：最多 {LARGEST // 1024} KB。请重新填写。")
    if body and request.headers.get("content-type", "").split(";")[0].strip().lower() != FORM:
        raise Answered(415, "提交的格式不对。请从本平台的页面重新操作。")
    try:
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=10, errors="strict"))
    except ValueError:
        raise Answered(400, "提交的内容读不出来。请重新填写。") from None
