"""The pages of signing in and of changing a password, drawn without Streamlit."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import jinja2
from starlette.responses import HTMLResponse, RedirectResponse, Response

from trackers.actions.accounts import DEMO_PASSWORD
from trackers.actions.passwords import SHORTEST
from trackers.actions.seeds import DEMONSTRATION
from trackers.queries.accounts import demo_accounts
from trackers.queries.plans import loaded, region_tree
from trackers.queries.public import ADDRESS, any_public
from trackers.store import Store

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
}
ASSETS = Path(__file__).parent / "assets"
PAGES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(ASSETS), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
)
PAGES.globals["shortest"] = SHORTEST
PAGES.globals["icon"] = "data:image/png;base64," + b64encode((ASSETS / "icon.png").read_bytes()).decode()


def sign_in_page(
    store: Store, after: str, *, told: str = "", error: str = "", login: str = "", single: bool = False, status: int = 200
) -> Response:
    """The form, with the way to `single` sign-on; in a database of demonstrations its accounts below it."""
    demo = DEMONSTRATION in loaded(store)
    return _page(
        "sign_in.html", status, after=after, told=told, error=error, login=login, single=single,
        demo=_demo_rows(store) if demo else [], demo_password=DEMO_PASSWORD if demo else "",
        public=ADDRESS if any_public(store) else "",
    )  # fmt: skip


def _demo_rows(store: Store) -> list[dict[str, str]]:
    tree = region_tree(store)
    return [
        {
            "login": account.login,
            "name": account.name,
            "roles": "、".join(dict.fromkeys(grant.role.word for grant in account.grants)),
            "regions": "、".join(
                dict.fromkeys(tree[grant.region].short + ("及以下" if grant.below else "") for grant in account.grants)
            ),
        }
        for account in demo_accounts(store)
    ]


def password_page(login: str, after: str, must_change: bool, *, error: str = "", status: int = 200) -> Response:
    """The form in which the own password is changed."""
    return _page("password.html", status, login=login, after=after, must_change=must_change, error=error)


def refusal(status: int, sentence: str) -> Response:
    """A page that says why a form was not taken."""
    return _page("refused.html", status, error=sentence)


def _page(name: str, status: int, **values: object) -> Response:
    return HTMLResponse(PAGES.get_template(name).render(**values), status, headers=HEADERS)


def go(path: str) -> RedirectResponse:
    """Send the browser on, to be asked for with GET."""
    return RedirectResponse(path, status_code=303, headers={"Cache-Control": "no-store"})
