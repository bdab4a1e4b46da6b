"""What passes the gate: a second sanitizer with the same list changes nothing any more."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import bleach
import pytest
from ccshare.render import markdown, page, sanitize, tools
from ccshare.render.links import Links
from ccshare.transcript.model import Item, Json

NASTY = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>"
    '<a href="javascript:alert(3)" hx-get="/evil" style="color:red" onclick=alert(4)>y</a>'
    "\" onfocus=alert(5) autofocus x=' \u202egpj.exe \x1b]0;title\x07\x1b[31mred\x1b[0m"
)
"""What a hostile author would put anywhere a string is allowed."""
HOSTILE = [
    NASTY,
    "[a](javascript:alert(1)) [b](JaVaScRiPt:x) [c](data:text/html,x) [d](vbscript:x)",
    "[a](  javascript&#58;alert(1)) <javascript:alert(1)> [e](\x01javascript:x)",
    f"```{NASTY}\n{NASTY}\n```\n\n| {NASTY} |\n|--|\n| {NASTY} |\n\n# {NASTY}\n\n> {NASTY}",
    '[t](https://a.example "\\" onmouseover=alert(1) x=\\"")',
    "<https://a.example/?a=1&b=2> `<svg/onload=alert(1)>` <svg><style><img src=x onerror=1>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=1>">',
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0001\x03 \x02amp\x03",
    "&lt;script&gt; &amp;lt; &#60;b&#62; &nbsp; \u00a0 \u2028 '\" \ufeff",
]


def with_the_same_list(html: str) -> str:
    """The second opinion."""

    def allowed(tag: str, name: str, value: str) -> bool:
        if name == "rel":
            return tag == "a" and value == sanitize.REL
        if name == "class":
            return set(value.split()) <= sanitize.CLASSES.get(tag, set())
        values = sanitize.VALUES.get(tag, {}).get(name)
        return value in values if values else name in sanitize.ATTRIBUTES.get(tag, set())

    return bleach.clean(
        html, tags=sanitize.TAGS, attributes=allowed, protocols=sanitize.SCHEMES, strip=True
    )


def spelled_alike(html: str) -> str:
    """Without what the two serializers spell differently: order of attributes, nbsp."""

    def ordered(tag: "re.Match[str]") -> str:
        attributes = sorted(re.findall(r'[a-z-]+="[^"]*"', tag[2]))
        return f"<{tag[1]} {' '.join(attributes)}>"

    html = re.sub(r"<(\w+) ((?:[a-z-]+=\"[^\"]*\" ?)+)>", ordered, html)
    return html.replace("\u00a0", "&nbsp;").replace("\r", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_a_fixed_point_of_bleach(text: str) -> None:
    html = str(markdown.render(text))
    assert spelled_alike(with_the_same_list(html)) == spelled_alike(html)


def test_texts_of_the_samples_are_a_fixed_point_of_bleach(
    sample_items: dict[str, list[Item]],
) -> None:
    seen = 0
    for items in sample_items.values():
        blocks = [block.content for item in items for block in item.blocks]
        texts = {str(b.get("text") or b.get("thinking") or "")[:20_000] for b in blocks}
        for text in texts:
            html = str(markdown.render(text))
            # What is shown as typed is escaped and never was HTML: it has a frame of its own.
            if html.startswith('<div class="plain">'):
                html = html.removeprefix('<div class="plain">').removesuffix("</div>")
            assert spelled_alike(with_the_same_list(html)) == spelled_alike(html)
            seen += 1
    assert seen > 500


@pytest.mark.parametrize(
    "html",
    [
        '<p onclick="x">a</p>',
        '<p style="color:red">a</p>',
        '<p class="x">a</p>',
        '<a hx-get="/x" data-hx-get="/y">a</a>',
        '<span class="evil">a</span>',
        '<img src="https://a.example/x.png">',
        '<div role="alert" id="main">a</div>',
        "<h1>a</h1>",
        '<pre tabindex="5">a</pre>',
    ],
)
def test_what_is_not_on_the_list_goes(html: str) -> None:
    bare = r'</?(?:p|a|span|div|pre)(?: rel="[^"]*"| class="")?>'
    assert re.sub(bare, "", sanitize.sanitize(html)) in ("a", "")


def test_links_say_who_they_are() -> None:
    assert 'rel="noopener noreferrer nofollow ugc"' in markdown.render("[a](https://a.example)")


OUR_TAGS = sanitize.TAGS | {"details", "b", "dd", "dl", "dt", "h2", "img", "input", "ins", "label",
                            "progress", "section", "small",
                            "summary", "time"}  # fmt: skip
OUR_ATTRIBUTES = {
    "align", "alt", "aria-hidden", "aria-label", "class", "data-dialog", "data-new", "data-old",
    "datetime", "decoding", "height", "href", "hx-get", "hx-ignore", "hx-swap", "hx-target",
    "hx-trigger", "id", "loading", "max", "open", "rel", "role", "src", "start", "tabindex",
    "title", "type", "value", "width",
}  # fmt: skip


class Harmless(HTMLParser):
    """Reads HTML as a browser does and refuses what only an author could have put there."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in OUR_TAGS
        names = [name for name, _ in attrs]
        assert set(names) <= OUR_ATTRIBUTES and len(names) == len(set(names))
        for name, value in attrs:
            if name in ("href", "src", "hx-get"):
                assert str(value).startswith(("/s/ID", "https://")), value
            if name in ("class", "id"):
                assert re.fullmatch(r"[a-z0-9. -]*", str(value)), value

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def assert_harmless(html: str) -> None:
    parser = Harmless()
    parser.feed(html)
    parser.close()


def hostile_lines(message: Callable[..., Json]) -> list[Json]:
    """A session with the nasty string in every place that takes a string."""

    def call(name: str, given: object, content: object, details: object, error: bool) -> list[Json]:
        block = {"type": "tool_use", "id": name, "name": name, "input": given}
        result = {"type": "tool_result", "tool_use_id": name, "content": content, "is_error": error}
        return [
            message("assistant", [block]),
            message("user", [result], toolUseResult=details),
        ]

    keys = ("command", "description", "file_path", "content", "old_string", "new_string", "pattern",
            "path", "prompt", "subagent_type", "subject", "status", "taskId", NASTY)  # fmt: skip
    given: Json = dict.fromkeys(keys, NASTY)
    given["edits"] = [{"old_string": NASTY, "new_string": "x"}, 3, None]
    given["todos"] = [{"content": NASTY, "status": NASTY}, "x"]
    details: Json = {
        "stdout": NASTY, "stderr": NASTY, "type": NASTY, "mode": NASTY, "filenames": [NASTY, 1],
        "structuredPatch": [{"oldStart": NASTY, "newStart": -3, "lines": ["+" + NASTY, " x", 5]}],
        "file": {"content": NASTY, "startLine": "x", "totalLines": 1e300, "type": NASTY},
        "task": {"id": NASTY, "subject": NASTY}, "oldTodos": {}, "totalTokens": -1,
        "totalDurationMs": "x", "numFiles": NASTY, "isAsync": "yes",
    }  # fmt: skip
    image = {"type": "image", "source": {"type": "ccshare", "sha256": NASTY, "media_type": "x"}}
    content = [{"type": "text", "text": NASTY}, image, 7, {"type": NASTY}]
    names = [family.names[0] for family in tools.FAMILIES if family.names]
    names += ["MultiEdit", "TaskUpdate", "TaskStop", f"mcp__{NASTY}__x", NASTY, ""]
    lines = [message("user", NASTY), message("assistant", [{"type": "text", "text": NASTY}])]
    lines += [message("assistant", [{"type": "thinking", "thinking": NASTY}])]
    for name in names:
        for at, (result, extra) in enumerate([(content, details), (NASTY, NASTY), (7, [NASTY])]):
            called = call(name, given if at else {**given, "todos": NASTY}, result, extra, at == 1)
            lines += called
    lines += [
        message("user", f"<command-name>/x{NASTY}</command-name>"),
        message("user", f"<local-command-stdout>{NASTY}</local-command-stdout>"),
        message("user", f"<bash-input>{NASTY}</bash-input>"),
        message("user", f"<bash-stdout>{NASTY}</bash-stdout><bash-stderr>{NASTY}</bash-stderr>"),
        message("user", NASTY, isCompactSummary=True),
        message("user", [image, {"type": "text", "text": NASTY}, {"type": NASTY}]),
        {"type": "system", "subtype": "api_error", "content": NASTY, "error": {"message": NASTY}},
        {"type": "system", "subtype": NASTY, "content": NASTY},
        {"type": "system", "subtype": "compact_boundary", "compactMetadata": {"trigger": NASTY}},
        {"type": "pr-link", "prUrl": "javascript:x", "prNumber": NASTY, "prRepository": NASTY},
    ]
    return lines


def test_a_hostile_session_stays_text(
    make_items: Callable[[list[Json]], list[Item]],
    make_message: Callable[..., Json],
    links: Links,
) -> None:
    items = make_items(hostile_lines(make_message))
    assert {item.kind for item in items} >= {"prompt", "answer", "thought", "tool", "notice"}
    assert_harmless(page.items(items, links))
    for item in items:
        assert_harmless(page.one(item, links, open=True))
        assert_harmless(page.body(item, links, clip=False))
        assert_harmless(page.body(item, links, thread=items[:4], more="/s/ID/items/1?page=2"))
