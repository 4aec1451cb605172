"""The investor's errand in a real browser: PV of 100 MW and more in two counties, a link."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, WebSocketRoute, expect

from terms.kinds import Layer
from tests.browser.visit import Visit, open_visit, rest

TWO_COUNTIES = "/projects?tech=pv%2Cpv_distributed&mw=100&district=370983%2C370982"


@pytest.fixture
def phone(browser: Browser, server: str) -> Iterator[Visit]:
    yield from open_visit(browser, server, width=390, height=844)


def _open(visit: Visit, path: str) -> None:
    visit.page.goto(visit.base + path)
    visit.page.locator(".st-key-head").wait_for()
    rest(visit.page)


def _rest(visit: Visit) -> None:
    """Wait until the server has answered: a key pressed while a table is redrawn may be lost."""
    rest(visit.page)


def _assert_clean(visit: Visit) -> None:
    """A link into a page: the library first looks for its own socket below it and gets 404."""
    visit.failed = [each for each in visit.failed if "/_stcore/" not in each]
    visit.errors = [each for each in visit.errors if "404 (Not Found)" not in each]
    visit.assert_clean()


def _shortlisted(visit: Visit) -> list[str]:
    rows = visit.page.locator(".st-key-shortlist .fg-grid tbody tr")
    rows.first.wait_for()
    found: list[str] = rows.evaluate_all("all => all.map(each => each.dataset.id)")
    return found


def test_an_investor_shortlists_and_sends_a_link(
    visit: Visit, browser: Browser, server: str
) -> None:
    _open(visit, TWO_COUNTIES)
    page = visit.page
    rows = page.locator(".st-key-projects .fg-grid tbody tr")
    expect(rows).to_have_count(5)
    head = page.locator(".fg-col-capacity_mw button")
    head.focus()
    page.keyboard.press("Enter")
    visit.until_link("order=capacity_mw")
    expect(page.locator("th.fg-col-capacity_mw[aria-sort]").first).to_have_attribute(
        "aria-sort", "ascending"
    )
    _rest(visit)
    page.keyboard.press("Enter")  # the focus is kept on the heading
    visit.until_link("order=-capacity_mw")
    expect(rows.first).to_have_attribute("data-id", "taian-pv-04")
    for id in ("taian-pv-04", "taian-pv-01"):
        _rest(visit)
        page.locator(f'.st-key-projects tr[data-id="{id}"] input').press("Space")
        expect(page).to_have_url(re.compile(id))
    page.get_by_role("radio", name="备选清单（2）").click()
    assert _shortlisted(visit) == ["taian-pv-04", "taian-pv-01"]
    _rest(visit)
    page.locator(".st-key-shortlist").evaluate(  # two at once: neither is lost
        "all => all.querySelectorAll('input[aria-label^=\"并排对比\"]').forEach(e => e.click())"
    )
    expect(page.locator('.fg-matrix tr[data-field="owner"]')).to_contain_text("≠")
    expect(page).to_have_url(re.compile("compare="))
    for kind, begin in (("XLSX", b"PK"), ("PDF", b"%PDF")):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"下载 {kind}").click()
        assert download.value.path().read_bytes().startswith(begin)
    link = page.locator(".fg-copy input").input_value()
    _assert_clean(visit)

    other = open_visit(browser, server, width=1440, height=900)
    guest = next(other)
    guest.page.goto(link)
    assert _shortlisted(guest) == ["taian-pv-04", "taian-pv-01"]
    expect(guest.page.locator(".fg-sums")).to_contain_text("100 万千瓦")
    guest.page.get_by_role("button", name="肥城石横特钢绿能降碳光伏800MW项目").click()
    expect(guest.page.locator(".st-key-sheet")).to_contain_text("石横特钢")
    guest.page.get_by_role("link", name="在地图上看").click()
    guest.map.locator("#map_div[data-painted]").wait_for()
    expect(guest.page.locator(".st-key-detail")).to_contain_text("石横特钢")
    expect(guest.page).to_have_url(re.compile("pick=taian-pv-04"))
    _assert_clean(guest)
    other.close()


def test_no_tick_is_lost_while_the_server_works(visit: Visit) -> None:
    held: list[str | bytes] = []
    is_busy = False
    servers: list[WebSocketRoute] = []

    def between(socket: WebSocketRoute) -> None:
        servers.append(socket.connect_to_server())
        socket.on_message(lambda sent: held.append(sent) if is_busy else servers[-1].send(sent))

    visit.page.route_web_socket(re.compile("_stcore/stream"), between)
    _open(visit, "/projects?plan=taian")
    for part in (".st-key-projects tbody .fg-tick input", ".fg-layer input"):
        boxes = visit.page.locator(part)
        _rest(visit)
        is_busy = True
        before = boxes.nth(0).is_checked()
        for place in range(5):
            boxes.nth(place).click()
            visit.page.wait_for_timeout(60)  # longer than what goes in one message
        is_busy = False
        while held:  # all at once, as after a long answer
            servers[-1].send(held.pop(0))
        name = "pick" if "tick" in part else "layer"
        visit.page.wait_for_function(
            "([name, count]) => (new URLSearchParams(location.search).get(name) || '')"
            ".split(',').length === count",
            arg=[name, 5 if name == "pick" else len(Layer) - 5],
        )
        _rest(visit)
        assert [boxes.nth(place).is_checked() for place in range(5)] == [not before] * 5
    _assert_clean(visit)


def test_a_fifth_to_compare_is_refused_in_words(visit: Visit) -> None:
    ids = ("taian-pv-04", "taian-pv-01", "taian-pv-02", "taian-pv-05", "taian-pv-06")
    _open(visit, f"/projects?view=shortlist&pick={','.join(ids)}&compare={','.join(ids[:4])}")
    box = visit.page.locator(f'.st-key-shortlist tr[data-id="{ids[4]}"] input').nth(1)
    box.click()
    expect(visit.page.locator(".fg-grid-status")).to_contain_text("最多并排四项")
    expect(box).not_to_be_checked()
    _assert_clean(visit)


def test_the_page_fits_a_phone(phone: Visit) -> None:
    pages = ("?q=feicheng", "?view=open", "?view=shortlist&pick=taian-pv-04", "?focus=taian-pv-04")
    for query in pages:
        _open(phone, f"/projects{query}")
        phone.page.locator(".fg-grid").first.wait_for()
        assert phone.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    phone.page.get_by_role("button", name="返回清单").click()
    expect(phone.page.locator(".st-key-projects .fg-grid tbody tr").first).to_be_visible()
    _assert_clean(phone)


def test_the_folded_filters_stay_open_in_another_language(visit: Visit) -> None:
    visit.page.goto(visit.base + "/projects")
    visit.page.locator(".st-key-more-filters summary").click()
    expect(visit.page.locator('[class*="st-key-tech-zh"]')).to_be_visible()
    visit.page.get_by_role("radio", name="English").click()
    expect(visit.page.locator('[class*="st-key-tech-en"]')).to_be_visible()
