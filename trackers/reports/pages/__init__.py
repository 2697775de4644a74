"""Pages that are one file: templates with their look and script in them, every text escaped, nothing asked of anywhere."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import jinja2
from markupsafe import Markup

FOLDER = Path(__file__).parent
STYLE = (FOLDER / "looks.css").read_text(encoding="utf-8")
SCRIPT = (FOLDER / "interact.js").read_text(encoding="utf-8")
PAGES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True,
    lstrip_blocks=True,
)  # fmt: skip


def _named(text: str) -> str:
    """How a content security policy names one style or script by its content."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


POLICY = "; ".join(
    [
        "default-src 'none'",
        f"style-src {_named(STYLE)}",
        f"script-src {_named(SCRIPT)}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
)


def page(template: str, **fields: object) -> bytes:
    """A page as UTF-8, the style and script of this folder in it and allowed, and no other.

    The same fields give the same bytes.
    """
    own = {"csp": POLICY, "style": Markup(STYLE), "script": Markup(SCRIPT)}
    return PAGES.get_template(template).render(**fields, **own).encode()
