"""One browser and one server a database, for the whole session; the address and the page of each test."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from dashboard.cookies import session_cookie
from tests.attacks.filled import filled
from tests.people import signed_in
from trackers.actions.accounts import DEMO_PASSWORD
from trackers.model.account import Grant
from trackers.store import open_store

ROOT = Path(__file__).parents[2]
NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge",
    "microsoft-edge-stable",
)  # fmt: skip
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
OPTIONS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--lang=zh-CN",
]  # fmt: skip
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
# One of these is on every page; an alert may be there and hidden, as on the meeting room's screen.
SHOWN = [*(f'[data-testid="{each}"]' for each in ("stHeading", "stAlert", "stPageLink")), 'form[action="/sign-in"]']
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
Serve = Callable[[Path], str]
Enter = Callable[[str, str], "Opened"]
MOST_SERVERS = 4  # at a time; the one that was asked for longest ago ends
expect.set_options(timeout=30_000)  # a machine that does much else is slow, and nothing is wrong


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            # A real browser beside a second one on two cores now and then misses a moment. What fails three times in a
            # row fails; every further try is told in the closing line.
            item.add_marker(pytest.mark.flaky(reruns=2))


def installed() -> str | None:
    """The Chromium, Chrome or Edge of this machine."""
    return next((found for name in NAMES if (found := shutil.which(name))), None) or next(
        (place for place in PLACES if Path(place).exists()), None
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = installed()
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium, Chrome or Edge is installed", pytrace=False)
        pytest.skip("no Chromium, Chrome or Edge is installed")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield started
        started.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_up(address: str, process: subprocess.Popen[str], seconds: float = 60) -> None:
    for _ in range(int(seconds / 0.2)):
        if process.poll() is not None:
            pytest.fail(f"the server ended: {process.stdout.read() if process.stdout else ''}", pytrace=False)
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the server did not come up", pytrace=False)


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Start the pages on a database as it is, without bringing it up to the seed files; the address."""
    running: dict[Path, tuple[str, subprocess.Popen[str]]] = {}

    def started(database: Path) -> str:
        if database in running:
            running[database] = running.pop(database)
        else:
            if len(running) == MOST_SERVERS:
                _end(running.pop(next(iter(running)))[1])
            port = free_port()
            command = [sys.executable, "-m", "uvicorn", "dashboard.server:app", "--port", str(port), "--log-level", "error"]
            environment = os.environ | {"TRACKERS_DB": str(database), "PYTHONUTF8": "1"}
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
            running[database] = (f"http://127.0.0.1:{port}", process)
            wait_until_up(*running[database])
        return running[database][0]

    yield started
    for _, process in running.values():
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database full of attacks; those who change it change a copy."""
    return filled(tmp_path_factory)[0]


class Opened:
    """A page of the dashboard in the browser."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.outside: list[str] = []
        page.on("request", self._note)

    def _note(self, request: object) -> None:
        url = str(getattr(request, "url", ""))
        if not url.startswith((self.address, self.address.replace("http", "ws"), "data:", "blob:")):
            self.outside.append(url)

    def go(self, path: str) -> Opened:
        """Open an address of the dashboard and wait until its run has ended."""
        self.page.goto(f"{self.address}/{path}")
        self.page.wait_for_selector(", ".join(f"{each}:visible" for each in SHOWN))
        return self.settle()

    def settle(self) -> Opened:
        """Wait until nothing runs any more."""
        self.page.wait_for_timeout(150)
        self.page.wait_for_selector(f"{IDLE}, form[action='/sign-in']", timeout=30_000)
        return self

    @property
    def heading(self) -> str:
        return self.page.locator("h1").first.inner_text()

    @property
    def text(self) -> str:
        return self.page.locator('[data-testid="stMain"]').inner_text()

    def sound(self) -> None:
        """Nothing failed, nothing scrolls sideways, nothing was fetched from elsewhere."""
        assert self.page.locator('[data-testid="stException"]').count() == 0
        assert self.page.locator('[data-testid="stAlertContentError"]').count() == 0, self.text
        beyond = self.page.evaluate(
            """() => {
                const main = document.querySelector('[data-testid="stMain"]');
                return Math.max(document.documentElement.scrollWidth - innerWidth, main.scrollWidth - main.clientWidth);
            }"""
        )
        assert beyond <= 0, f"the page is {beyond} px too wide"
        assert not self.outside, self.outside


@pytest.fixture
def visit(browser: Browser, serve: Serve) -> Iterator[Callable[..., Opened]]:
    """Open a path of the dashboard on a database, in a window of its own.

    Signed in as somebody who may do everything a role allows, as the account `who` (made with `grants` where there
    is none), or with `who=None` as nobody.
    """
    contexts = []

    def opened(
        database: Path, path: str = "", size: dict[str, int] = WIDE, scheme: str = "light", *,
        who: str | None = "everybody", grants: tuple[Grant, ...] = (),
    ) -> Opened:  # fmt: skip
        address = serve(database)
        context = browser.new_context(viewport=size, locale="zh-CN", color_scheme=scheme)
        contexts.append(context)
        if who:
            with open_store(database) as store:
                token = signed_in(store, who, *grants)
            context.add_cookies([{"name": session_cookie(database), "value": token, "url": address, "httpOnly": True}])
        return Opened(context.new_page(), address).go(path)

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in(browser: Browser, serve: Serve, database: Path) -> Iterator[Enter]:
    """Sign in with name and password in a browser of one's own, on the test's own database, and open a page."""
    contexts = []

    def entered(login: str, path: str) -> Opened:
        context = browser.new_context(viewport=WIDE, locale="zh-CN")
        contexts.append(context)
        opened = Opened(context.new_page(), serve(database))
        opened.page.goto(f"{opened.address}/sign-in")
        opened.page.get_by_label("登录名").fill(login)
        opened.page.get_by_label("密码", exact=True).fill(DEMO_PASSWORD)
        opened.page.get_by_role("button", name="登录", exact=True).click()
        opened.page.wait_for_selector('[data-testid="stHeading"]')
        return opened.go(path)

    yield entered
    for context in contexts:
        context.close()
