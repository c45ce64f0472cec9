"""Pages in a real browser: what a reader sees, and what is wrong with it for some readers."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 20_000
"""Milliseconds that anything in the browser may take on a busy machine."""
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
LOOKS = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")
"""The rules of axe-core that depend on width and colours; all others ask the elements alone."""


@contextmanager
def start_browser() -> Iterator["Browser"]:
    """Start Debian's Chromium, without a window and without a word to the network."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=ARGUMENTS, timeout=PATIENCE
        )
        yield browser
        browser.close()


def open_page(browser: "Browser", path: Path, *, width: int = 1280, **options: Any) -> "Page":
    """Open a file in a window of this width.

    Args:
        browser: From the fixture of this name.
        path: The page.
        width: Of the window, in CSS pixels.
        options: Of the window: ``color_scheme``, ``forced_colors``, ``java_script_enabled`` …
    """
    page = browser.new_page(viewport={"width": width, "height": 900}, **options)
    page.set_default_timeout(PATIENCE)
    page.goto(path.as_uri())
    return page


def accessibility_violations(page: "Page", *, rules: tuple[str, ...] = STANDARDS) -> list[str]:
    """Return what axe-core finds wrong with a page: rule, number of places, the first of them.

    Args:
        page: As it looks now.
        rules: Ids, or the tags of many.

    Source:
        WCAG 2.2, levels A and AA, and the best practices of axe-core.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_axe())
    found = page.evaluate(
        "rules => axe.run({runOnly: rules, resultTypes: ['violations']})", list(rules)
    )
    return [
        f"{violation['id']} ({len(violation['nodes'])}): {violation['nodes'][0]['html']}"
        for violation in found["violations"]
    ]


@cache
def _axe() -> str:
    from axe_playwright_python.sync_playwright import Axe

    return Axe().axe_script


def poor_contrasts(page: "Page", least: float = 4.5) -> list[str]:
    """Return every text whose colour is too near to that of its ground.

    Unlike axe-core it looks at all texts, also where a line breaks or a picture may be beneath.

    Source:
        WCAG 2.2, 1.4.3 "Contrast (Minimum)".
    """
    return [str(text) for text in page.evaluate(CONTRASTS, least)]


CONTRASTS = """least => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const painted = (...layers) => {
    canvas.fillStyle = "white";
    canvas.fillRect(0, 0, 1, 1);
    for (const layer of layers) { canvas.fillStyle = layer; canvas.fillRect(0, 0, 1, 1); }
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const luminance = color => [0.2126, 0.7152, 0.0722].reduce((sum, share, index) => {
    const part = color[index] / 255;
    return sum + share * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  }, 0);
  const grounds = element => element
    ? [...grounds(element.parentElement), getComputedStyle(element).backgroundColor] : [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const poor = [];
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.data.trim();
    if (!text || !element.checkVisibility() || element.closest("script, style")) continue;
    const layers = grounds(element);
    const [ground, ink] = [painted(...layers), painted(...layers, getComputedStyle(element).color)];
    const [dark, light] = [luminance(ground), luminance(ink)].sort((a, b) => a - b);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < least) poor.push(`${contrast.toFixed(2)}: ${text.slice(0, 40)}`);
  }
  return poor;
}"""


def clipped(page: "Page") -> list[str]:
    """Return the elements whose content is cut off, or that make the page move sideways.

    What moves within itself by design is left alone.
    """
    return [str(element) for element in page.evaluate(CLIPPED)]


CLIPPED = """() => {
  const clipped = [];
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    if (!element.checkVisibility() || element.matches(".skip, script, style")) continue;
    const hides = ["hidden", "clip"].includes(style.overflowX) || style.overflowY === "hidden";
    const overflows = element.scrollWidth > element.clientWidth + 1
      || element.scrollHeight > element.clientHeight + 1;
    const box = element.getBoundingClientRect();
    const sticksOut = !element.closest("[tabindex='0']")
      && (box.right > innerWidth + 1 || box.left < -1);
    if ((hides && overflows && style.display !== "inline") || sticksOut)
      clipped.push(element.outerHTML.slice(0, 80));
  }
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) clipped.push(`page: ${root.scrollWidth} > ${innerWidth}`);
  return clipped;
}"""
