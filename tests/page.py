"""A page in the browser in the terms of its reader: nodes, edges, search, panel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from browser import Browser
from graphs import small_graph
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

COPY_CANVAS = """
    const [node] = arguments;
    // Chromium warns when the page's own canvas is read often, so the tests read a copy.
    const copy = () => {
        const shown = document.querySelector('#graph canvas');
        const canvas = Object.assign(document.createElement('canvas'), {width: shown.width, height: shown.height});
        const context = canvas.getContext('2d', {willReadFrequently: true});
        context.drawImage(shown, 0, 0);
        return {canvas, context};
    };
"""


def number_of(node: str) -> int:
    """Return the number by which the page knows a node of the small graph."""
    return sorted(small_graph().nodes).index(node)


class Page:
    """A page in the browser, in the terms of its reader.

    Args:
        browser: The window; it is brought to the size of a laptop first.
        path: The file.
        size: The width and height of the page, in CSS pixels.
    """

    def __init__(self, browser: Browser, path: Path, size: tuple[int, int] = (1366, 768)) -> None:
        self.browser = browser
        browser.resize(*size)
        browser.open(path)

    def place(self, node: int) -> tuple[float, float]:
        """Return where a node stands on the screen."""
        x, y = self.browser.js("Object.values(kgView.network.getPosition(arguments[0]))", node)
        return self.on_screen(x, y)

    def on_screen(self, x: float, y: float) -> tuple[float, float]:
        """Return the place on the screen of a point of the canvas."""
        corner = self.browser.js(
            "Object.values(document.querySelector('#graph canvas').getBoundingClientRect().toJSON())"
        )
        inside = self.browser.js("Object.values(kgView.network.canvasToDOM({x: arguments[0], y: arguments[1]}))", x, y)
        return corner[0] + inside[0], corner[1] + inside[1]

    def pixel(self, node: int) -> list[int]:
        """Return the colour of the canvas, `[red, green, blue, opacity]`, where a node stands."""
        script = """
            const {canvas, context} = copy(), {x, y} = kgView.network.canvasToDOM(kgView.network.getPosition(node));
            const ratio = canvas.width / document.querySelector('#graph canvas').clientWidth;
            return [...context.getImageData(x * ratio, y * ratio, 1, 1).data];
        """
        return list(self.browser.driver.execute_script(COPY_CANVAS + script, node))

    def painted(self) -> float:
        """Return the share of the canvas that is painted."""
        script = """
            const {canvas, context} = copy(), {data} = context.getImageData(0, 0, canvas.width, canvas.height);
            return data.filter((value, index) => index % 4 === 3 && value > 0).length / (data.length / 4);
        """
        return float(self.browser.driver.execute_script(COPY_CANVAS + script))

    def edge_between(self, source: str, target: str) -> int:
        """Return the number of the only edge from one node of the small graph to another."""
        script = "kgView.edges.get({filter: (edge) => edge.from === arguments[0] && edge.to === arguments[1]})"
        function = f"return ((...ends) => {script.replace('arguments', 'ends')})(...arguments)"
        (edge,) = self.browser.driver.execute_script(function, number_of(source), number_of(target))
        return int(edge["id"])

    def click_node(self, node: int) -> None:
        self.click_until("document.querySelector('#panel .node') !== null", lambda: self.place(node))

    def click_edge(self, source: str, target: str) -> None:
        """Click the middle of a straight edge."""

        def middle() -> tuple[float, float]:
            (x1, y1), (x2, y2) = self.place(number_of(source)), self.place(number_of(target))
            return (x1 + x2) / 2, (y1 + y2) / 2

        self.click_until("document.querySelector('#panel .edge') !== null", middle)

    def click_until(self, expression: str, place: Callable[[], tuple[float, float]]) -> None:
        """Click a point until it is taken: on a busy machine a click can last as long as a press, which is none."""

        def taken(_: object) -> bool:
            self.browser.click_at(*place())
            return bool(self.browser.js(expression))

        WebDriverWait(self.browser.driver, 30).until(taken, message=expression)

    def search(self, *keys: str) -> None:
        box = self.browser.driver.find_element(By.ID, "search")
        box.clear()
        box.send_keys(*keys)

    def text(self, selector: str) -> str:
        return str(self.browser.js("document.querySelector(arguments[0]).innerText", selector)).strip()

    def texts(self, selector: str) -> list[str]:
        found = self.browser.js("[...document.querySelectorAll(arguments[0])].map((item) => item.innerText)", selector)
        return [str(text).strip() for text in found]

    def find(self, selector: str) -> Any:
        return self.browser.driver.find_element(By.CSS_SELECTOR, selector)
