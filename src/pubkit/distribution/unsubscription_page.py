"""The page on which a member unsubscribes: small, in their language, without a script.

Its form has no address, so it works wherever the application stands.
"""

import html
from collections.abc import Mapping

ONE_CLICK = ("List-Unsubscribe", "One-Click")
"""What a form must say that unsubscribes: RFC 8058, 3.2; the page's own button says the same."""
TEXTS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "en": {
        "ask": ("Unsubscribe", "You will get no more e-mail from {sender}."),
        "done": ("You are unsubscribed", "You get no more e-mail from {sender}."),
        "unknown": (
            "This link is not valid",
            "It may have been cut. Open the whole link from our message, or reply to the message.",
        ),
        "method": ("This does not work", "Open the link from our message in a browser."),
        "large": ("This does not work", "Open the link from our message in a browser."),
        "error": (
            "Please try again later",
            "Something went wrong on our side. Nothing was changed: you are not unsubscribed yet.",
        ),
        "button": ("Unsubscribe", ""),
    },
    "zh": {
        "ask": ("退订", "退订后，您不再收到 {sender} 的邮件。"),
        "done": ("您已退订", "您不再收到 {sender} 的邮件。"),
        "unknown": (
            "此链接无效",
            "链接可能不完整。请从我们的邮件中打开完整的链接，或直接回复邮件。",
        ),
        "method": ("无法完成", "请在浏览器中打开我们邮件里的链接。"),
        "large": ("无法完成", "请在浏览器中打开我们邮件里的链接。"),
        "error": ("请稍后再试", "我们这边出了问题。什么都没有改变：您还没有退订。"),
        "button": ("退订", ""),
    },
}
"""Members read it, not the office: it speaks their language, not that of the process."""
HTML_TAGS = {"en": "en", "zh": "zh-CN"}
STYLE = """
:root {
  color-scheme: light dark;
  --ink: #1a1a1a; --mute: #595959; --ground: #f4f4f2; --paper: #fff; --rule: #deded9;
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececec; --mute: #b0b0b0; --ground: #141414; --paper: #1f1f1f; --rule: #3a3a3a; }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; min-height: 100svh; padding: 1.5rem;
  display: grid; place-items: center;
  background: var(--ground); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;
}
:lang(zh) body, body:lang(zh) {
  font-family: system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC",
    sans-serif;
}
main {
  width: 100%; max-width: 26rem; padding: 2.25rem 2rem;
  background: var(--paper); border: 1px solid var(--rule); border-radius: .75rem;
}
h1 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.3; text-wrap: balance; }
p { margin: 0; color: var(--mute); text-wrap: pretty; }
b { color: var(--ink); font-weight: 600; overflow-wrap: anywhere; }
form { margin: 1.75rem 0 0; }
button {
  width: 100%; min-height: 3rem; padding: .625rem 1.25rem; border: 0; border-radius: .5rem;
  background: var(--ink); color: var(--paper); font: inherit; font-weight: 600; cursor: pointer;
}
button:hover { opacity: .88; }
button:focus-visible { outline: 3px solid #3b82f6; outline-offset: 3px; }
@media (forced-colors: active) { button { border: 1px solid; } }
@media (max-width: 26rem) {
  body { padding: 0; place-items: stretch; }
  main { border: 0; border-radius: 0; padding: 3rem 1.5rem; }
}
""".strip()
PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{text}</p>
{form}</main>
</body>
</html>
"""
FORM = """<form method="post">
<input type="hidden" name="{name}" value="{value}">
<button>{button}</button>
</form>
"""


def spoken(lang: str) -> str:
    """Return the language that a page has for readers of this one."""
    primary = lang.strip().partition("-")[0].lower()
    return primary if primary in TEXTS else "en"


def make_page(name: str, lang: str, sender: str = "") -> str:
    """Return a page of ``TEXTS``; only ``ask`` has a button.

    Args:
        name: Its name there.
        lang: One of the languages of ``TEXTS``.
        sender: Whose messages it is about.
    """
    title, text = TEXTS[lang][name]
    shown = html.escape(text).replace("{sender}", f"<b>{html.escape(sender)}</b>")
    label, _nothing = TEXTS[lang]["button"]
    form = FORM.format(name=ONE_CLICK[0], value=ONE_CLICK[1], button=html.escape(label))
    return PAGE.format(
        lang=HTML_TAGS[lang],
        title=html.escape(title),
        text=shown,
        style=STYLE,
        form=form if name == "ask" else "",
    )
