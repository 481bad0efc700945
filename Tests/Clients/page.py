"""Drives the gateway's page in Chromium, as somebody with a keyboard and somebody with a pointer would.

    page.py look  URL [--screens DIR]                 sees what the page shows, in both themes, on a desk and on a phone
    page.py drive URL --recording FILE [--drop FILE]  sends recordings by keyboard and by dropping; prints the translations
    page.py token URL --token TOKEN                   is asked for a token, gives a wrong one and then the right one

Prints what it found as JSON. Whatever is not as it should be ends it with exit code 1 and says so on standard error.
"""

import argparse
import json
import pathlib
import re
import shutil
import sys

from playwright.sync_api import expect, sync_playwright

THEMES = ("light", "dark")
SIZES = {"desk": (1280, 900), "phone": (390, 844)}
PATIENCE = 30_000

# Contrast of all text against what lies behind it, by WCAG 2.2: what is below 4.5 (3 for large text).
CONTRAST = """() => {
  const channel = (value) => { const c = value / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const parse = (text) => { const n = text.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = parse(getComputedStyle(each).backgroundColor);
      if (colour[3] > 0.99) return colour;
    }
    return [255, 255, 255, 1];
  };
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !element.checkVisibility() || !element.getClientRects().length) continue;
    if (element.closest(".hidden, script, noscript, .skip")) continue;
    const style = getComputedStyle(element);
    const ink = parse(element.namespaceURI.endsWith("svg") ? style.fill : style.color);
    const [a, b] = [luminance(ink), luminance(behind(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05), size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) found.add(`${element.className || element.tagName}: ${ratio.toFixed(2)}`);
  }
  return [...found];
}"""

# Controls without a name that a screen reader could say.
NAMELESS = """() => [...document.querySelectorAll("button, input, summary, [role=slider], [role=progressbar]")]
  .filter((each) => each.checkVisibility())
  .filter((each) => !(each.getAttribute("aria-label") || each.labels?.[0]?.textContent.trim() || each.textContent.trim()))
  .map((each) => each.outerHTML)"""


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def emit(value):
    print(json.dumps(value), flush=True)


class Browser:
    """Chromium, and whatever it complained of."""

    def __init__(self, playwright, url):
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        check(path, "chromium is not installed: Tests/run.sh installs it")
        self.browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        self.url = url
        self.complaints = []
        self.choosers = []
        self.elsewhere = set()

    def open(self, theme="light", size="desk"):
        width, height = SIZES[size]
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce",
            has_touch=size == "phone", device_scale_factor=2 if size == "phone" else 1)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.on("filechooser", lambda chooser: self.choosers.append(chooser))
        page.on("console", lambda message: message.type in ("error", "warning") and self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: request.url.startswith(self.url) or self.elsewhere.add(request.url))
        answer = page.goto(self.url)
        self.check_headers(answer)
        return page

    @staticmethod
    def check_headers(answer):
        policy = answer.headers.get("content-security-policy", "")
        check("default-src 'self'" in policy and "unsafe-inline" not in policy, f"policy: {policy}")
        check(answer.headers.get("x-content-type-options") == "nosniff", "nosniff is missing")

    def close(self):
        self.browser.close()
        check(not self.elsewhere, f"asked elsewhere: {self.elsewhere}")


def look(browser, arguments):
    found = {"contrast": {}, "nameless": [], "wide": []}
    for theme in THEMES:
        for size, (width, _) in SIZES.items():
            page = browser.open(theme, size)
            expect(page.get_by_role("status")).to_have_text("Live")
            expect(page.locator("#chart svg")).to_be_visible()
            page.wait_for_timeout(arguments.wait * 1000)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found["wide"].append(f"{theme} {size}")
            if weak := page.evaluate(CONTRAST):
                found["contrast"][f"{theme} {size}"] = weak
            found["nameless"] += page.evaluate(NAMELESS)
            found["headings"] = page.get_by_role("heading").all_inner_texts()
            found["figures"] = dict(zip(
                page.locator("#figures dt").all_inner_texts(), page.locator("#figures .value").all_inner_texts()))
            found["batches"] = page.get_by_role("table").first.get_by_role("row").all_inner_texts()[1:]
            found["workers"] = page.locator("#worker-rows .name").all_inner_texts()
            found["failures"] = page.locator("#failure-rows .tag").all_inner_texts()
            if arguments.screens:
                page.screenshot(path=f"{arguments.screens}/page-{size}-{theme}.png", full_page=True)
            page.context.close()
    emit(found | {"complaints": browser.complaints})


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.innerText?.trim().slice(0, 40) || document.activeElement.tagName")


def drive(browser, arguments):
    page = browser.open()
    expect(page.get_by_role("status")).to_have_text("Live")
    expect(page.locator("#chart svg")).to_be_visible()
    # Everything is reached with the tab key, in the order in which it stands.
    reached = []
    for _ in range(30):
        page.keyboard.press("Tab")
        name = focused(page)
        if name in reached:
            break
        reached.append(name)
        if page.evaluate("document.activeElement.id") == "chart":
            page.keyboard.press("End")
            before = page.locator("#chart").get_attribute("aria-valuetext")
            check(before and page.locator("#chart").get_attribute("aria-valuenow"), "the chart says nothing")
            page.keyboard.press("Home")
            check(page.locator("#chart").get_attribute("aria-valuenow") == "0", "Home does not move the cursor")
            expect(page.locator("#readout")).to_have_text(re.compile(r"^\d\d:\d\d:\d\d: "))
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            page.keyboard.press("Enter")
            expect(page.get_by_role("region", name="Backlog by partition")).to_be_visible()
    for name in ("Skip to the fleet", "Skip to translating a recording", "chart", "file", "target"):
        check(name in reached, f"the tab key does not reach {name}: {reached}")
    check(reached.index("chart") < reached.index("file"), f"order: {reached}")
    # The span of time, by arrow keys.
    page.locator("#window input").first.focus()
    page.keyboard.press("ArrowRight")
    check(page.locator("#window input").nth(1).is_checked(), "an arrow key does not choose the span of time")

    page.get_by_role("link", name="Skip to translating").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    check(focused(page) == "file", f"the link leads to {focused(page)}")
    page.keyboard.press("Enter")
    for _ in range(PATIENCE // 100):
        if browser.choosers:
            break
        page.wait_for_timeout(100)
    check(browser.choosers, "the enter key opens no choice of files")
    browser.choosers[0].set_files(arguments.recording)
    found = {"translation": translation(page, 0), "reached": reached}
    if arguments.drop:
        drop(page, arguments.drop)
        found["dropped"] = translation(page, 1)

    # What is no recording, and what a job brings back, is shown as the text it is.
    page.locator("#file").set_input_files({"name": "<b id=name>.wav", "mimeType": "audio/wav", "buffer": b"<b>no sound</b>!"})
    refusal = page.locator("[data-recording]").first.locator("p.bad")
    expect(refusal).to_contain_text("no recording")
    found["refused"] = refusal.inner_text()
    page.locator("#target").fill("<i id=code>")
    page.locator("#file").set_input_files(arguments.recording)
    complaint = page.locator("[data-recording]").first.locator("p.bad")
    expect(complaint).to_contain_text("<i id=code>")
    found["injected"] = page.locator("#name, #code").count()
    # Chromium reports answers that are no success, which are asked for here.
    found["complaints"] = [each for each in browser.complaints if not re.search(r"status of (400|415)", each)]
    emit(found)


def translation(page, number):
    recording = page.locator(f"[data-recording='{number}']")
    expect(recording.locator(".words")).to_be_visible()
    return recording.locator(".words").inner_text()


def drop(page, path):
    """A file from outside the browser, let go over the box: the page's scripts alone could not do that."""
    page.locator("#drop").scroll_into_view_if_needed()
    box = page.locator("#drop").bounding_box()
    session = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {
            "type": kind, "x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2,
            "data": {"items": [], "files": [str(pathlib.Path(path).resolve())], "dragOperationsMask": 1}})


def token(browser, arguments):
    page = browser.open()
    field = page.get_by_label("Token", exact=True)
    expect(field).to_be_focused()
    check(not browser.complaints, f"{browser.complaints}")
    page.keyboard.type("a-wrong-token-that-is-long")
    page.keyboard.press("Enter")
    expect(page.locator("#gate-error")).to_have_text("The gateway does not know this token.")
    field.fill(arguments.token)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Live")
    check(focused(page) == "main", f"the focus is at {focused(page)}")
    page.reload()
    expect(page.get_by_role("status")).to_have_text("Live")
    kept = page.evaluate("[Object.keys(sessionStorage), Object.keys(localStorage), document.cookie]")
    page.get_by_role("button", name="Forget token").press("Enter")
    expect(field).to_be_visible()
    check(page.evaluate("sessionStorage.length") == 0, "the token is kept")
    complaints = [each for each in browser.complaints if "status of 401" not in each]
    emit({"kept": kept, "main": page.locator("main").is_visible(), "complaints": complaints})


def main():
    parser = argparse.ArgumentParser()
    commands = {each.__name__: each for each in (look, drive, token)}
    parser.add_argument("command", choices=commands)
    parser.add_argument("url")
    parser.add_argument("--screens")
    parser.add_argument("--wait", type=float, default=0)
    parser.add_argument("--recording")
    parser.add_argument("--drop")
    parser.add_argument("--token")
    arguments = parser.parse_args()
    with sync_playwright() as playwright:
        browser = Browser(playwright, arguments.url)
        commands[arguments.command](browser, arguments)
        browser.close()


if __name__ == "__main__":
    try:
        main()
    except AssertionError as error:
        sys.exit(f"page.py: {error}")
