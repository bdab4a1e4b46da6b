"""A session whose author wants to run in its readers' browsers."""

import json
import uuid
from typing import Any

SCRIPT = '"><script>window.hit=1;alert(1)</script><img src=x onerror="window.hit=2;alert(2)">'
HANDLERS = "<svg/onload=alert(3)><details open ontoggle=alert(4)><a href=javascript:alert(5)>x</a>"
HTMX = (
    '<div hx-get="/evil" hx-trigger="load" data-hx-get="/evil" hx-on:load="alert(6)" '
    "hx-swap-oob=\"true\" id=main class='skip here'>htmx</div>"
)
LINKS = (
    "[a](javascript:alert(7)) [b](data:text/html,<script>alert(8)</script>) "
    "![c](https://evil.example/c.png) <https://evil.example/?q=1> [d](//evil.example/d) "
    "[e](vbscript:x) [f](/s/../../api)"
)
STYLE = (
    '<style>*{background:url(https://evil.example/s)}</style><p style="position:fixed" '
    'class="bar needs-js" id="end">s</p><link rel=stylesheet href=//evil.example/l>'
    "<base href=//evil.example/><meta http-equiv=refresh content='0;url=//evil.example/'>"
    "<iframe srcdoc='<script>alert(9)</script>'></iframe><form action=//evil.example><input></form>"
)
FENCES = (
    '```python" onmouseover="alert(10)\nx\n```\n\n```"><script>alert(11)</script>\ny\n```\n\n'
    "~~~class=bar {.skip onload=alert(12)}\nz\n~~~\n"
)
TURNED = "\u202etxt.exe\u202c \u2066iso\u2069 \u200f\u200b\ufeff\u0085"
ESCAPES = (
    "\x1b]0;title\x07\x1b]8;;javascript:alert(13)\x1b\\link\x1b]8;;\x1b\\"
    '\x1b[31;"><script>alert(14)</script>m\x1b[99999999m\x1b[38;5;999m\x1b[2J\x1b[?1049h\x9b31m\x00\r\b'
)
LONE = "\ud800 half a pair"
EVERYTHING = "\n\n".join((SCRIPT, HANDLERS, HTMX, LINKS, STYLE, FENCES, TURNED, ESCAPES, LONE))
ONE_LINE = "<b>" + "A" * 1_000_000 + SCRIPT
NAME = SCRIPT + TURNED + ESCAPES

TOOLS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Bash", {"command": EVERYTHING, "description": NAME}),
    ("Read", {"file_path": "/home/sam/app/" + NAME}),
    ("Write", {"file_path": NAME + ".html", "content": EVERYTHING}),
    ("Edit", {"file_path": NAME + ".py", "old_string": EVERYTHING, "new_string": SCRIPT}),
    ("MultiEdit", {"file_path": NAME, "edits": [{"old_string": SCRIPT, "new_string": HTMX}]}),
    ("Grep", {"pattern": SCRIPT, "path": NAME, "glob": NAME}),
    ("Glob", {"pattern": NAME}),
    ("TodoWrite", {"todos": [{"content": EVERYTHING, "status": SCRIPT, "activeForm": NAME}]}),
    ("TaskCreate", {"subject": NAME, "description": EVERYTHING}),
    ("Task", {"subagent_type": NAME, "description": SCRIPT, "prompt": EVERYTHING}),
    ("WebFetch", {"url": "javascript:alert(20)//" + NAME, "prompt": EVERYTHING}),
    ("WebSearch", {"query": NAME}),
    ("AskUserQuestion", {"questions": [{"question": NAME, "options": [{"label": SCRIPT}]}]}),
    ("ExitPlanMode", {"plan": EVERYTHING}),
    ("Skill", {"skill": NAME, "args": SCRIPT}),
    ("NotebookEdit", {"notebook_path": NAME, "new_source": EVERYTHING, "cell_type": SCRIPT}),
    ("mcp__" + SCRIPT + "__" + HTMX, {SCRIPT: {NAME: [EVERYTHING, None, 1e308]}}),
    (SCRIPT + HTMX, {"x": ONE_LINE}),
)


def nested(depth: int) -> str:
    """Blocks inside blocks, in Markdown and in HTML."""
    return "> " * depth + "deep\n\n" + "<div>" * depth + "[" * depth + "*" * depth


def lines() -> list[dict[str, Any]]:
    """The session's lines; `raw` adds what no JSON writer would write."""
    session, made, parent = str(uuid.uuid4()), [], None

    def add(kind: str, **more: Any) -> None:
        nonlocal parent
        own = str(uuid.uuid4())
        stamp = f"2026-11-20T10:00:{len(made) % 60:02}.000Z"
        made.append(
            {"type": kind, "uuid": own, "parentUuid": parent, "sessionId": session}
            | {"timestamp": stamp, "cwd": "/home/sam/app", "gitBranch": NAME, "version": SCRIPT}
            | more
        )
        parent = own

    def user(content: Any, **more: Any) -> None:
        add("user", message={"role": "user", "content": content}, **more)

    def model(*blocks: dict[str, Any]) -> None:
        message = {"id": SCRIPT, "role": "assistant", "model": NAME, "content": list(blocks)}
        add("assistant", message=message | {"usage": {"input_tokens": 1, "output_tokens": 2}})

    add("summary", summary=NAME + " title", leafUuid=SCRIPT)
    user(NAME + "\n" + EVERYTHING)
    user(nested(5_000))
    user(ONE_LINE)
    user(f"<command-name>/{SCRIPT}</command-name><command-args>{HTMX}</command-args>")
    user(f"<local-command-stdout>{EVERYTHING}</local-command-stdout>")
    user(f"<bash-input>{NAME}</bash-input>")
    user(f"<bash-stdout>{EVERYTHING}</bash-stdout><bash-stderr>{SCRIPT}</bash-stderr>")
    image = {"type": "base64", "media_type": "image/svg+xml", "data": "PHN2Zy8+"}
    user([{"type": "text", "text": SCRIPT}, {"type": "image", "source": image}])
    user([{"type": SCRIPT, "text": HTMX}])
    model({"type": "thinking", "thinking": EVERYTHING, "signature": SCRIPT})
    model({"type": "text", "text": EVERYTHING})
    model({"type": "text", "text": nested(5_000)})
    for at, (name, given) in enumerate(TOOLS):
        call = f"t{at}"
        model({"type": "tool_use", "id": call, "name": name, "input": given})
        result = {"type": "tool_result", "tool_use_id": call, "content": EVERYTHING}
        hunk = {"oldStart": 1, "oldLines": 1, "newStart": 1, "newLines": 1}
        hunk["lines"] = ["-" + SCRIPT, "+" + HTMX, " " + ESCAPES]
        details = {"stdout": EVERYTHING, "stderr": ESCAPES, "structuredPatch": [hunk]}
        details |= {"filePath": NAME, "type": SCRIPT, "status": HTMX, "url": "javascript:alert(21)"}
        user([result | {"is_error": at % 3 == 0}], toolUseResult=details)
    add("system", subtype=SCRIPT, content=EVERYTHING, level="error", isMeta=False)
    add("system", subtype="compact_boundary", content=SCRIPT, compactMetadata={"trigger": HTMX})
    user(EVERYTHING, isCompactSummary=True)
    add("pr-link", prUrl="javascript:alert(22)", prNumber=SCRIPT, prRepository=NAME)
    add(SCRIPT, content=EVERYTHING)
    user("[Request interrupted by user]" + SCRIPT)
    return made


def agent() -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The thread of the `Task` call, in its own file, and that file's meta."""
    at = next(at for at, (name, _) in enumerate(TOOLS) if name == "Task")
    call = {"type": "tool_use", "id": "inner", "name": "Bash", "input": {"command": EVERYTHING}}
    result = {"type": "tool_result", "tool_use_id": "inner", "content": EVERYTHING}
    said: list[tuple[str, Any]] = [
        ("user", EVERYTHING),
        ("assistant", [{"type": "text", "text": NAME + LINKS}]),
        ("assistant", [call]),
        ("user", [result | {"is_error": True}]),
    ]
    made: list[dict[str, Any]] = []
    for role, content in said:
        message = {"id": SCRIPT, "role": role, "model": NAME, "content": content}
        made.append(
            {"type": role, "uuid": str(uuid.uuid4()), "isSidechain": True, "agentId": SCRIPT}
            | {"parentUuid": made[-1]["uuid"] if made else None, "sessionId": SCRIPT}
            | {"timestamp": f"2026-11-20T10:00:{len(made):02}.000Z", "message": message}
        )
    return made, {"agentType": NAME, "description": SCRIPT, "toolUseId": f"t{at}", "spawnDepth": 1}


def raw() -> bytes:
    """Lines with broken UTF-8, and deeper JSON than a parser likes."""
    deep = json.dumps({"type": "user", "message": {"role": "user", "content": "@@"}}).encode()
    deep = deep.replace(b'"@@"', b"[" * 5_000 + b'"<script>alert(31)</script>"' + b"]" * 5_000)
    broken = json.dumps({"type": "user", "message": {"role": "user", "content": "@@"}}).encode()
    broken = broken.replace(b"@@", b"\xff\xfe<script>alert(30)</script>\xc3\x28\xed\xa0\x80")
    return broken + b"\n" + deep + b"\n"
