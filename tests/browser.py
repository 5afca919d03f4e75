"""A real Chromium with the network cut, driven by Selenium: opens a page from file:// and reports what it asked for."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.support.ui import WebDriverWait

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-prefers-reduced-motion",
    # Everything but file:// fails at once: no name resolves, and the proxy is a port where nothing listens.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
)


class Browser:
    """A browser window of a given size; use it in a `with` statement.

    Args:
        profile: An empty folder for the browser's profile.
        size: The width and height of the page, in CSS pixels.
    """

    def __init__(self, profile: Path, size: tuple[int, int] = (1366, 768)) -> None:
        executable = next(filter(None, map(shutil.which, BROWSERS)), None)
        driver = shutil.which("chromedriver")
        if executable is None or driver is None:
            message = (
                "No Chromium with its chromedriver is installed; on Debian: apt-get install chromium chromium-driver."
            )
            # A missing browser must not make CI green.
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(message)
        options = webdriver.ChromeOptions()
        options.binary_location = str(executable)
        for flag in (*FLAGS, f"--user-data-dir={profile}", f"--window-size={size[0]},{size[1]}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        # Selenium annotates only a part of its methods.
        self.driver: Any = webdriver.Chrome(options, webdriver.ChromeService(str(driver)))
        # The window's frame takes some of the size, and headless windows have a least width: set the page's own.
        self.resize(*size)

    def __enter__(self) -> Browser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.driver.quit()

    def resize(self, width: int, height: int) -> None:
        """Give the page a size in CSS pixels."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def open(self, path: Path) -> None:
        """Open a file, forgetting what was logged before, and wait until its script has run."""
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(path.resolve().as_uri())
        WebDriverWait(self.driver, 60).until(
            lambda driver: driver.execute_script("return document.readyState") == "complete"
        )

    def js(self, expression: str, *arguments: object) -> Any:
        """Return the value of a JavaScript expression; `arguments[0]`… are the arguments."""
        return self.driver.execute_script(f"return ({expression});", *arguments)

    def click_at(self, x: float, y: float) -> None:
        """Press and release the mouse at a place of the page, in CSS pixels."""
        self._mouse(lambda pointer: pointer.move_to_location(round(x), round(y)).click())

    def move_to(self, x: float, y: float) -> None:
        """Move the mouse to a place of the page, in CSS pixels."""
        self._mouse(lambda pointer: pointer.move_to_location(round(x), round(y)))

    def _mouse(self, act: Callable[[Any], object]) -> None:
        actions = ActionBuilder(self.driver)
        act(actions.pointer_action)
        actions.perform()

    def wait_until(self, expression: str, *arguments: object) -> None:
        """Wait until a JavaScript expression is true."""
        WebDriverWait(self.driver, 30).until(lambda _: self.js(expression, *arguments), message=expression)

    def console_errors(self) -> list[str]:
        """Return what the console has logged as an error or a warning since the page was opened."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in {"SEVERE", "WARNING"}]

    def requested(self) -> list[str]:
        """Return the addresses that the page has asked for since it was opened, itself and `data:` excepted."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        asked = [item["params"]["request"]["url"] for item in messages if item["method"] == "Network.requestWillBeSent"]
        entries = self.js("performance.getEntriesByType('resource').map((entry) => entry.name)")
        page = self.driver.current_url
        return [url for url in (*asked, *entries) if url != page and not url.startswith("data:")]
