"""Puts a text into a session through a channel: read, bash, edit, prompt, hook ..."""

import json
from collections.abc import Callable

from .labels import Scene
from .session import Session

_SAY = (
    "I'll check the configuration.",
    "Let me look at that.",
    "The tests pass now. Two files changed.",
    "Done. The endpoint answers 200.",
    "Next I'll look at the logs.",
)


def _read(s: Session, scene: Scene, where: str, text: str) -> None:
    s.read(scene, where, text)


def _bash(s: Session, scene: Scene, where: str, text: str) -> None:
    s.bash(scene, where, text)


def _failed(s: Session, scene: Scene, where: str, text: str) -> None:
    s.failed(scene, where, text)


def _command(s: Session, scene: Scene, where: str, text: str) -> None:
    s.bash(scene, text, "ok")


def _edit(s: Session, scene: Scene, where: str, text: str) -> None:
    s.edit(scene, where, "# todo", text)


def _patch(s: Session, scene: Scene, where: str, text: str) -> None:
    s.edit(scene, where, text, "  // removed", "module.exports = {")


def _write(s: Session, scene: Scene, where: str, text: str) -> None:
    s.write(scene, where, text)


def _grep(s: Session, scene: Scene, where: str, text: str) -> None:
    s.grep(scene, "config", where, text)


def _fetch(s: Session, scene: Scene, where: str, text: str) -> None:
    s.fetch(scene, where, text)


def _mcp(s: Session, scene: Scene, where: str, text: str) -> None:
    s.mcp(scene, where, {"verbose": True}, text)


def _ask(s: Session, scene: Scene, where: str, text: str) -> None:
    s.ask(scene, "Which settings should I use?", text)


def _local(s: Session, scene: Scene, where: str, text: str) -> None:
    s.local(scene, text)


def _queued(s: Session, scene: Scene, where: str, text: str) -> None:
    s.queued(scene, text)


def _hook(s: Session, scene: Scene, where: str, text: str) -> None:
    s.hook(scene, text)


def _agent(s: Session, scene: Scene, where: str, text: str) -> None:
    s.agent(scene, "Find out how it is set up.", text)


def _agentprompt(s: Session, scene: Scene, where: str, text: str) -> None:
    s.agent(scene, text, "Nothing found.", "Check settings")


def _think(s: Session, scene: Scene, where: str, text: str) -> None:
    s.think(scene, text)


def _say(s: Session, scene: Scene, where: str, text: str) -> None:
    s.say(scene, text)


def _prompt(s: Session, scene: Scene, where: str, text: str) -> None:
    s.prompt(scene, text)


def _title(s: Session, scene: Scene, where: str, text: str) -> None:
    s.title(scene, text)


def _spill(s: Session, scene: Scene, where: str, text: str) -> None:
    name = f"{s.rng.getrandbits(36):09x}.txt"
    s.spill(scene, name, text)


def _args(s: Session, scene: Scene, where: str, text: str) -> None:
    s.mcp(scene, where, {"options": json.loads(text), "dry_run": False}, "saved")


def _path(s: Session, scene: Scene, where: str, text: str) -> None:
    s.read(scene, where.replace("*", text), "x = 1\ny = 2")


def _spillname(s: Session, scene: Scene, where: str, text: str) -> None:
    s.spill(scene, f"{text}.txt", "out")


def _glob(s: Session, scene: Scene, where: str, text: str) -> None:
    names = [f"{s.person.project}/a.txt", f"{s.person.project}/{text}"]
    found = {"filenames": names, "numFiles": 2, "durationMs": 4, "truncated": False}
    s.tool(scene, "Glob", {"pattern": "**/*"}, "\n".join(names), found)


def _todo(s: Session, scene: Scene, where: str, text: str) -> None:
    todos = [{"content": text, "status": "pending", "activeForm": "Working"}]
    s.tool(scene, "TodoWrite", {"todos": todos}, "ok", {"oldTodos": [], "newTodos": todos})


def _notebook(s: Session, scene: Scene, where: str, text: str) -> None:
    outputs = [{"output_type": "stream", "text": text}]
    cells = [{"cellType": "code", "cell_id": "c1", "source": "run()", "outputs": outputs}]
    found = {"type": "notebook", "file": {"filePath": where, "cells": cells}}
    s.tool(scene, "Read", {"file_path": where}, f"<cell>{text}</cell>", found)


def _summary(s: Session, scene: Scene, where: str, text: str) -> None:
    s.summary(scene, f"This session is continued. The user said:\n{text}\nNext: go on.")


def _notification(s: Session, scene: Scene, where: str, text: str) -> None:
    said = f"<task-notification><status>done</status><result>{text}</result></task-notification>"
    s.prompt(scene, said)


def _background(s: Session, scene: Scene, where: str, text: str) -> None:
    task = {"task_id": "b1", "task_type": "local_bash", "status": "running", "output": text}
    result = {"retrieval_status": "success", "task": task}
    s.tool(scene, "TaskOutput", {"task_id": "b1", "block": False}, text, result)


def _image(s: Session, scene: Scene, where: str, text: str) -> None:
    source = {"type": "base64", "media_type": "image/png", "data": text}
    file = {"base64": text, "type": "image/png", "originalSize": 900}
    blocks = [{"type": "image", "source": source}]
    s.tool(scene, "Read", {"file_path": "a.png"}, blocks, {"type": "image", "file": file})


def _agentmeta(s: Session, scene: Scene, where: str, text: str) -> None:
    s.agent(scene, "Look around.", "Nothing found.", text)


CHANNELS: dict[str, Callable[[Session, Scene, str, str], None]] = {
    "read": _read,
    "bash": _bash,
    "failed": _failed,
    "command": _command,
    "edit": _edit,
    "patch": _patch,
    "write": _write,
    "grep": _grep,
    "fetch": _fetch,
    "mcp": _mcp,
    "ask": _ask,
    "local": _local,
    "queued": _queued,
    "hook": _hook,
    "agent": _agent,
    "agentprompt": _agentprompt,
    "think": _think,
    "say": _say,
    "prompt": _prompt,
    "title": _title,
    "spill": _spill,
    "image": _image,
    "agentmeta": _agentmeta,
    "args": _args,
    "path": _path,
    "spillname": _spillname,
    "glob": _glob,
    "todo": _todo,
    "notebook": _notebook,
    "summary": _summary,
    "notification": _notification,
    "background": _background,
}


def place(session: Session, scene: Scene, channel: str, where: str, text: str) -> None:
    """Add the text through this channel, with something said before it now and then."""
    if session.rng.random() < 0.3:
        session.say(scene, session.rng.choice(_SAY))
    CHANNELS[channel](session, scene, where, text)
