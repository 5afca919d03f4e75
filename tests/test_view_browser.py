"""The page in a real Chromium with the network cut: what a reader sees, searches, clicks and presses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from browser import Browser
from graphs import AWKWARD, INJECTION, hostile_graph, large_graph, small_graph
from page import Page, number_of
from selenium.webdriver.common.keys import Keys

from kg.view import write_page

UNION, GUILD = "Organization:江州市总工会", "Organization:江州市家具协会"
PERSON, CHAIR = "Person:陆明远", "Position:江州市家具协会/会长"
NOTICE, METRIC = "Notice:关于开展技能竞赛的通知", "Metric:参赛职工 5万人"


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One Chromium for all tests of this file."""
    with Browser(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages that the tests open, by name."""
    folder = tmp_path_factory.mktemp("pages")
    graphs = {
        "small": (small_graph(), "", "zh"),
        "english": (small_graph(), "", "en"),
        "hostile": (hostile_graph(), INJECTION, "zh"),
        "empty": (nx.MultiDiGraph(), "", "zh"),
        "large": (large_graph(), "", "zh"),
    }
    for name, (graph, title, language) in graphs.items():
        write_page(graph, folder / f"{name}.html", title, language)
    return {name: folder / f"{name}.html" for name in graphs}


@pytest.fixture(autouse=True)
def quiet(request: pytest.FixtureRequest) -> Iterator[None]:
    """After every test in the browser: no error in the console, no request for anything but the page itself."""
    yield
    if "window" in request.fixturenames:
        browser: Browser = request.getfixturevalue("window")
        assert browser.console_errors() == []
        assert browser.requested() == []


@pytest.fixture
def page(window: Browser, files: dict[str, Path]) -> Page:
    return Page(window, files["small"])


class TestDrawing:
    def test_every_node_is_painted_in_the_colour_of_its_type(self, page: Page) -> None:
        assert page.painted() > 0.005
        colors = {"Person": [0, 114, 178, 255], "Organization": [213, 94, 0, 255], "Notice": [0, 158, 115, 255]}
        for node in small_graph().nodes:
            kind = node.partition(":")[0]
            if kind in colors:
                assert page.pixel(number_of(node)) == colors[kind]

    def test_every_edge_is_drawn_and_parallel_ones_apart(self, page: Page) -> None:
        graph = small_graph()
        assert page.browser.js("kgView.edges.length") == graph.number_of_edges()
        assert page.browser.js("kgView.nodes.length") == graph.number_of_nodes()
        pairs = [(PERSON, CHAIR), ("Action:开展技能竞赛", METRIC)]
        for source, target in pairs:
            met = page.browser.driver.execute_script(
                """
                const [first, second] = [...arguments].map((node) => kgView.network.getPosition(node));
                const length = Math.hypot(second.x - first.x, second.y - first.y);
                const across = {x: (first.y - second.y) / length, y: (second.x - first.x) / length};
                const met = new Set();
                for (let step = -length / 3; step <= length / 3; step += 2) {
                  const x = (first.x + second.x) / 2 + across.x * step;
                  const y = (first.y + second.y) / 2 + across.y * step;
                  met.add(kgView.network.getEdgeAt(kgView.network.canvasToDOM({x, y})));
                }
                return [...met];
                """,
                number_of(source),
                number_of(target),
            )
            assert len([edge for edge in met if edge is not None]) == graph.number_of_edges(source, target) == 2

    def test_nothing_moves_by_itself(self, page: Page) -> None:
        assert page.browser.js("kgView.network.physics.physicsEnabled") is False

    def test_former_posts_are_dashed(self, page: Page) -> None:
        assert page.browser.js("kgView.edges.get({filter: (edge) => edge.dashes}).length") == 2
        assert page.find("#dashed").is_displayed()


class TestSearch:
    def test_enter_selects_the_node_and_brings_it_to_the_middle(self, page: Page) -> None:
        page.search("陆明", Keys.ENTER)
        assert page.text("#panel h2") == "陆明远"
        assert page.browser.js("kgView.network.getSelectedNodes()") == [number_of(PERSON)]
        x, y = page.place(number_of(PERSON))
        box = page.find("#graph").rect
        assert abs(x - box["x"] - box["width"] / 2) < 3
        assert abs(y - box["y"] - box["height"] / 2) < 3

    def test_an_alias_finds_its_entity_and_is_named(self, page: Page) -> None:
        page.search("江州总工会")
        assert page.texts("#results .name") == ["江州市总工会"]
        assert page.text("#results .alias") == "又名 江州总工会"

    def test_arrow_keys_choose_among_the_results(self, page: Page) -> None:
        page.search("江州")
        names = page.texts("#results .name")
        assert names[0] == "江州"
        assert len(names) == 5
        page.find("#search").send_keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_UP, Keys.ENTER)
        assert page.text("#panel h2") == names[1]

    def test_a_result_can_be_clicked(self, page: Page) -> None:
        page.search("竞赛")
        page.find(f"#results [data-node='{number_of(NOTICE)}']").click()
        assert page.text("#panel h2") == "关于开展技能竞赛的通知"

    def test_no_match_says_so(self, page: Page) -> None:
        page.search("<b>没有这个人", Keys.ENTER)
        assert page.text("#search-status") == "没有找到“<b>没有这个人”"
        assert page.text("#panel h2") == "概览"

    def test_width_and_case_of_letters_do_not_matter(self, page: Page) -> None:
        page.search("参赛职工５万人")
        assert page.texts("#results .name") == ["参赛职工 5万人"]


class TestEvidence:
    def test_a_click_on_an_edge_leads_to_its_sentence(self, page: Page) -> None:
        page.click_edge(CHAIR, GUILD)
        assert page.text("#panel h2") == "所属机构"
        assert page.texts("#panel blockquote") == ["江州市家具协会会长"]
        assert page.texts("#panel mark.subject") == ["会长"]
        assert page.texts("#panel mark.object") == ["江州市家具协会"]
        assert page.text("#panel cite") == "articles/协会换届.txt"
        assert page.text("#panel time") == "2023-04-18"
        assert page.texts(".ends .entity") == ["江州市家具协会/会长", "江州市家具协会"]

    def test_qualifiers_are_shown_under_chinese_names(self, page: Page) -> None:
        page.click_edge(UNION, NOTICE)
        shown = dict(zip(page.texts("#panel dt"), page.texts("#panel dd"), strict=True))
        assert shown == {
            "发文方式": "联合印发",
            "日期": "2023-04-10",
            "文号": "江工发〔2023〕7号",
            "列名发文单位数": "2",
            "独立来源": "1",
            "可信度": "97%",
        }

    def test_highlights_count_characters_as_people_do(self, page: Page) -> None:
        page.search("𠮷田华", Keys.ENTER)
        assert page.texts("#panel mark.subject") == ["𠮷田华"]
        assert page.texts("#panel mark.object") == ["会长"]

    def test_a_click_on_a_node_shows_its_edges_by_predicate_and_direction(self, page: Page) -> None:
        page.click_node(number_of(CHAIR))
        assert page.text("#panel h2") == "江州市家具协会/会长"
        headings = [re.sub(r"\s+", " ", heading) for heading in page.texts("#panel h3")]
        assert headings == ["所属机构 → 由此出发 1", "任职 ← 指向此处 3"]
        assert page.texts("#panel .entries .name") == ["江州市家具协会", "陆明远", "陆明远", "𠮷田华"]
        assert sorted(page.texts("#panel .qualifiers")) == ["曾任", "现任", "现任"]
        assert len(page.texts("#panel blockquote")) == 4

    def test_aliases_documents_and_dates_of_a_node(self, page: Page) -> None:
        page.search("江州市总工会", Keys.ENTER)
        assert page.texts("#panel .chip") == ["市总工会", "江州总工会"]
        page.search("陆明远", Keys.ENTER)
        assert page.texts("#panel dd") == ["2 篇文档", "2023-01-05 – 2023-04-18"]

    def test_entries_lead_to_the_neighbour_and_to_the_edge(self, page: Page) -> None:
        page.click_node(number_of(UNION))
        page.find("#panel .entries .entity").click()
        neighbour = page.text("#panel h2")
        assert neighbour in {"开展技能竞赛", "关于开展技能竞赛的通知"}
        assert page.browser.js("document.activeElement === document.querySelector('#panel h2')")
        page.find("#panel .entries .link").click()
        assert page.find("#panel .edge").is_displayed()
        page.find(".ends .subject").click()
        assert page.find("#panel .node").is_displayed()

    def test_a_click_beside_everything_returns_to_the_overview(self, page: Page) -> None:
        page.click_node(number_of(UNION))
        box = page.find("#graph").rect
        page.browser.click_at(box["x"] + 4, box["y"] + 4)
        page.browser.wait_until("document.querySelector('#panel .overview') !== null")
        assert page.browser.js("kgView.network.getSelectedNodes()") == []

    def test_what_is_not_selected_fades(self, page: Page) -> None:
        # Chosen from the overview, since a search brings its node to the middle and others may leave the view.
        page.click_node(number_of(METRIC))
        assert page.pixel(number_of(METRIC))[3] == 255
        assert page.pixel(number_of(PERSON))[3] < 80


class TestLegend:
    def test_it_counts_the_nodes_of_each_type(self, page: Page) -> None:
        shown = [re.split(r"\s+", text) for text in page.texts("#legend li")]
        assert shown == [
            ["人物", "2"],
            ["机构", "2"],
            ["职务", "1"],
            ["文件", "1"],
            ["行动", "1"],
            ["指标", "1"],
            ["会议/活动", "1"],
            ["地点", "1"],
        ]

    def test_a_click_hides_a_type_with_its_edges_and_another_shows_it_again(self, page: Page) -> None:
        before = page.painted()
        button = page.find("#legend li:nth-child(2) button")
        button.click()
        assert button.get_attribute("aria-pressed") == "false"
        page.browser.js("kgView.network.redraw()")
        assert page.pixel(number_of(UNION))[:3] != [213, 94, 0]
        assert page.painted() < before
        assert page.browser.js("kgView.edges.get({filter: (edge) => edge.hidden}).length") == 5
        button.click()
        page.browser.js("kgView.network.redraw()")
        assert page.pixel(number_of(UNION)) == [213, 94, 0, 255]
        assert page.browser.js("kgView.edges.get({filter: (edge) => edge.hidden}).length") == 0

    def test_a_hidden_node_cannot_be_clicked(self, page: Page) -> None:
        page.find("#legend li:nth-child(1) button").click()
        page.browser.click_at(*page.place(number_of(PERSON)))
        assert page.text("#panel h2") != "陆明远"

    def test_a_search_for_a_hidden_node_shows_its_type_again(self, page: Page) -> None:
        page.find("#legend li:nth-child(1) button").click()
        page.search("陆明远", Keys.ENTER)
        assert page.find("#legend li:nth-child(1) button").get_attribute("aria-pressed") == "true"
        page.browser.js("kgView.network.redraw()")
        assert page.pixel(number_of(PERSON)) == [0, 114, 178, 255]


class TestHostileNames:
    @pytest.fixture
    def hostile(self, window: Browser, files: dict[str, Path]) -> Page:
        return Page(window, files["hostile"])

    def test_they_stay_text_everywhere(self, hostile: Page) -> None:
        assert hostile.browser.js("document.title") == INJECTION
        assert hostile.text("h1") == INJECTION
        hostile.search(INJECTION, Keys.ENTER)
        assert hostile.text("#panel h2") == INJECTION
        assert hostile.texts("#panel cite") == [INJECTION]
        assert INJECTION in hostile.text("#panel blockquote")
        hostile.find("#panel .entries .link").click()
        assert INJECTION in hostile.texts("#panel dd")
        assert hostile.browser.js("document.querySelectorAll('img, b, iframe, script[src]').length") == 0

    def test_the_tooltip_is_text_as_well(self, hostile: Page) -> None:
        node = sorted(hostile_graph().nodes).index(f"Person:{INJECTION}")
        hostile.browser.move_to(*hostile.place(node))
        hostile.browser.wait_until("document.querySelector('.vis-tooltip')?.style.visibility === 'visible'")
        assert hostile.text(".vis-tooltip") == f"{INJECTION} · 人物"

    def test_characters_that_cannot_be_shown_are_replaced(self, hostile: Page) -> None:
        hostile.search("乱", Keys.ENTER)
        assert hostile.text("#panel h2") in {"乱 序 \ufffd<!--", INJECTION}
        assert AWKWARD not in hostile.text("#panel")


class TestReaders:
    def test_english(self, window: Browser, files: dict[str, Path]) -> None:
        page = Page(window, files["english"])
        assert page.browser.js("document.documentElement.lang") == "en"
        assert page.text("h1") == "Knowledge graph"
        assert page.text("#legend li").startswith("Person")
        page.click_edge(CHAIR, GUILD)
        assert page.text("#panel h2") == "at"
        assert page.texts("#panel dt") == ["Independent sources", "Confidence"]
        chrome = page.text("header") + page.find("#search").get_attribute("placeholder") + page.text("#legend")
        assert not re.search(r"[\u4e00-\u9fff]", chrome)

    def test_an_empty_graph_says_so_kindly(self, window: Browser, files: dict[str, Path]) -> None:
        page = Page(window, files["empty"])
        assert page.text("#empty h2") == "图谱还是空的"
        assert not page.find("#search").is_enabled()

    def test_keyboard_alone_is_enough(self, page: Page) -> None:
        page.search("陆明远", Keys.ENTER, Keys.TAB)
        assert page.browser.js("document.activeElement.closest('#legend') !== null")
        page.browser.js("document.activeElement").send_keys(Keys.SPACE)
        assert page.find("#legend li:nth-child(1) button").get_attribute("aria-pressed") == "false"
        assert page.text("#panel h2") == "概览"
        entry = page.find("#panel .ranking .entity")
        entry.send_keys(Keys.ENTER)
        assert page.browser.js("document.activeElement === document.querySelector('#panel h2')")
        page.browser.js("document.activeElement").send_keys(Keys.ESCAPE)
        assert page.text("#panel h2") == "概览"

    def test_everything_that_can_be_pressed_has_a_name(self, page: Page) -> None:
        unnamed = page.browser.js(
            "[...document.querySelectorAll('button, input, a, [role]')]"
            ".filter((item) => !item.getAttribute('aria-label') && !item.innerText.trim())"
            ".filter((item) => item.id !== 'search-status')"
            ".filter((item) => !item.closest('[hidden]')).map((item) => item.outerHTML)"
        )
        assert unnamed == []

    @pytest.mark.parametrize("size", [(390, 844), (844, 390), (1366, 768), (1920, 1080)])
    def test_it_fits_the_screen(self, window: Browser, files: dict[str, Path], size: tuple[int, int]) -> None:
        page = Page(window, files["small"], size)
        assert page.browser.js("[document.documentElement.scrollWidth, innerWidth]") == [size[0], size[0]]
        page.search("陆明远", Keys.ENTER)
        heading = page.find("#panel h2")
        assert heading.is_displayed()
        assert heading.rect["y"] + heading.rect["height"] <= size[1]
        x, y = page.place(number_of(PERSON))
        covering = page.browser.js("document.elementFromPoint(arguments[0], arguments[1]).tagName", x, y)
        assert covering == "CANVAS"

    def test_on_a_phone_the_panel_opens_and_closes_over_the_canvas(
        self, window: Browser, files: dict[str, Path]
    ) -> None:
        page = Page(window, files["small"], (390, 844))
        assert not page.find("#panel").is_displayed()
        page.find("#show-overview").click()
        assert page.find("#panel").is_displayed()
        page.find("#close-panel").click()
        assert not page.find("#panel").is_displayed()

    def test_five_thousand_nodes_open_and_answer(self, window: Browser, files: dict[str, Path]) -> None:
        page = Page(window, files["large"])
        assert page.browser.js("[kgView.nodes.length, kgView.edges.length]") == [5000, 10000]
        assert page.painted() > 0.02
        page.search("甲4999", Keys.ENTER)
        assert page.text("#panel h2").endswith("甲4999")
        page.find("#panel .entries .entity").click()
        assert page.find("#panel .node").is_displayed()
