"""Writes session files as Claude Code does: chain lines, tool results twice, subagents, spilled."""

import json
from pathlib import Path
from random import Random
from typing import Any

from . import shapes
from .labels import Scene
from .person import Person

Json = dict[str, Any]
GENERATIONS = ("1.0.57", "2.0.76", "2.1.20", "2.1.236", "2.1.328")
_OLD = ("1.0.57", "2.0.76", "2.1.20")


class Session:
    """One session of one person; `scene()` opens a stretch of it, the verbs add lines."""

    def __init__(self, rng: Random, person: Person, version: str) -> None:
        self.rng, self.person, self.version = rng, person, version
        self.id = shapes.uuid(rng)
        self.scenes: list[Scene] = []
        self._lines: list[Json] = []
        self._files: dict[str, str] = {}
        self._parent: str | None = None
        self._clock = rng.randrange(60, 40_000)

    # -- lines

    def scene(self) -> Scene:
        """A new stretch of the session."""
        scene = Scene(self)
        self.scenes.append(scene)
        return scene

    def _chain(self, scene: Scene, kind: str, **fields: Any) -> Json:
        uuid = shapes.uuid(self.rng)
        self._clock += self.rng.randint(1, 40)
        clock = f"{self._clock // 3600 % 24:02}:{self._clock // 60 % 60:02}:{self._clock % 60:02}"
        line = {
            "parentUuid": self._parent,
            "isSidechain": False,
            "userType": "external",
            "cwd": self.person.project,
            "sessionId": self.id,
            "version": self.version,
            "gitBranch": "main",
            "type": kind,
            **fields,
            "uuid": uuid,
            "timestamp": f"2026-11-03T{clock}.{self.rng.randrange(1000):03}Z",
        }
        self._parent = uuid
        scene.uuids.append(uuid)
        self._lines.append(line)
        return line

    def prompt(self, scene: Scene, text: str) -> None:
        """What the person typed."""
        extra = {} if self.version in _OLD else {"promptSource": "typed"}
        self._chain(scene, "user", message={"role": "user", "content": text}, **extra)

    def say(self, scene: Scene, text: str) -> None:
        """An answer in Markdown."""
        self._answer(scene, {"type": "text", "text": text})

    def think(self, scene: Scene, text: str) -> None:
        """A thought."""
        signature = shapes.chars(self.rng, shapes.B62, 200)
        self._answer(scene, {"type": "thinking", "thinking": text, "signature": signature})

    def _answer(self, scene: Scene, block: Json) -> Json:
        message = {
            "id": f"msg_01{shapes.chars(self.rng, shapes.B62, 22)}",
            "type": "message",
            "role": "assistant",
            "model": "claude-sonnet-4-5-20250929",
            "content": [block],
            "stop_reason": None,
            "usage": {"input_tokens": 4, "output_tokens": self.rng.randint(20, 900)},
        }
        request = f"req_011{shapes.chars(self.rng, shapes.B62, 21)}"
        return self._chain(scene, "assistant", message=message, requestId=request)

    # -- tools

    def tool(self, scene: Scene, name: str, given: Json, text: Any, result: Any = None) -> None:
        """A call and its result: `text` for the model, `result` the structured twin."""
        use = f"toolu_01{shapes.chars(self.rng, shapes.B62, 22)}"
        call = self._answer(scene, {"type": "tool_use", "id": use, "name": name, "input": given})
        block: Json = {"tool_use_id": use, "type": "tool_result", "content": text}
        failed = isinstance(result, str)
        if failed:
            block["is_error"] = True
        extra: Json = {} if self.version in _OLD else {"sourceToolAssistantUUID": call["uuid"]}
        if result is not None:
            extra["toolUseResult"] = result
        self._chain(scene, "user", message={"role": "user", "content": [block]}, **extra)

    def bash(self, scene: Scene, command: str, out: str = "", err: str = "") -> None:
        """A shell command."""
        result = {"stdout": out, "stderr": err, "interrupted": False, "isImage": False}
        text = "\n".join(part for part in (out, err) if part)
        self.tool(scene, "Bash", {"command": command, "description": "Run it"}, text, result)

    def failed(self, scene: Scene, command: str, text: str) -> None:
        """A shell command that ended with an error."""
        said = f"Exit code 1\n{text}"
        self.tool(scene, "Bash", {"command": command}, said, f"Error: {said}")

    def read(self, scene: Scene, path: str, content: str) -> None:
        """A file read, with the gutter of its time."""
        sign = "→" if self.version in _OLD else "\t"
        first = self.rng.choice([1, 1, 1, 12, 340])
        lines = content.split("\n")
        text = "\n".join(
            f"{n:>6}{sign}{line}" if sign == "→" else f"{n}{sign}{line}"
            for n, line in enumerate(lines, first)
        )
        file = {
            "filePath": f"{self.person.project}/{path}",
            "content": content,
            "numLines": len(lines),
            "startLine": first,
            "totalLines": first + len(lines) - 1,
        }
        given = {"file_path": file["filePath"]}
        self.tool(scene, "Read", given, text, {"type": "text", "file": file})

    def edit(self, scene: Scene, path: str, old: str, new: str, around: str = "") -> None:
        """An edit with its patch."""
        file = f"{self.person.project}/{path}"
        rows = [f" {line}" for line in around.split("\n") if around]
        rows += [f"-{line}" for line in old.split("\n")] + [f"+{line}" for line in new.split("\n")]
        patch = {"oldStart": 3, "oldLines": 9, "newStart": 3, "newLines": 9, "lines": rows}
        result = {"filePath": file, "structuredPatch": [patch], "userModified": False}
        given = {"file_path": file, "old_string": old, "new_string": new}
        text = f"The file {file} has been updated.\n" + "\n".join(
            f"{n:>6}→{line}" for n, line in enumerate(new.split("\n"), 3)
        )
        self.tool(scene, "Edit", given, text, result)

    def write(self, scene: Scene, path: str, content: str) -> None:
        """A new file."""
        file = f"{self.person.project}/{path}"
        result = {"type": "create", "filePath": file, "content": content, "structuredPatch": []}
        given = {"file_path": file, "content": content}
        self.tool(scene, "Write", given, f"File created successfully at: {file}", result)

    def grep(self, scene: Scene, pattern: str, path: str, content: str) -> None:
        """A search with its lines."""
        rows = "\n".join(f"{path}:{n}:{row}" for n, row in enumerate(content.split("\n"), 7))
        result = {"mode": "content", "filenames": [], "content": rows, "numLines": 2}
        given = {"pattern": pattern, "output_mode": "content"}
        self.tool(scene, "Grep", given, rows, result)

    def fetch(self, scene: Scene, url: str, text: str) -> None:
        """A web page."""
        result = {"url": url, "code": 200, "codeText": "OK", "result": text, "durationMs": 812}
        self.tool(scene, "WebFetch", {"url": url, "prompt": "Sum it up"}, text, result)

    def mcp(self, scene: Scene, tool: str, given: Json, text: str) -> None:
        """A call to an MCP server."""
        blocks = [{"type": "text", "text": text}]
        self.tool(scene, f"mcp__{tool}", given, blocks, blocks)

    def ask(self, scene: Scene, question: str, answer: str) -> None:
        """A question to the person."""
        asked = {"question": question, "header": "Config", "multiSelect": False, "options": []}
        text = f'User has answered your questions: "{question}"="{answer}".'
        result = {"questions": [asked], "answers": {question: answer}}
        self.tool(scene, "AskUserQuestion", {"questions": [asked]}, text, result)

    # -- beside

    def agent(self, scene: Scene, prompt: str, found: str, description: str = "Look") -> None:
        """A subagent: the call here, its thread where this version keeps it."""
        agent = shapes.chars(self.rng, shapes.ALPHABETS["hex"], 8)
        done = {"status": "completed", "agentId": agent, "prompt": prompt, "totalTokens": 900}
        done["content"] = [{"type": "text", "text": found}]
        given = {"description": description, "prompt": prompt, "subagent_type": "Explore"}
        name = "Task" if self.version in _OLD else "Agent"
        self.tool(scene, name, given, [{"type": "text", "text": found}], done)
        call = self._lines[-2]["message"]["content"][0]["id"]
        kept, parent = self._lines, self._parent
        self._lines, self._parent = [], None
        self.prompt(scene, prompt)
        self.bash(scene, "cat notes.txt", found)
        for line in self._lines:
            line |= {"isSidechain": True, "agentId": agent}
        if self.version == "1.0.57":
            kept += self._lines
        else:
            beside = self.version == "2.0.76"
            folder = "" if beside else f"{self.id}/subagents/"
            self._files[f"{folder}agent-{agent}.jsonl"] = ndjson(self._lines)
            meta = {"agentType": "Explore", "description": description, "toolUseId": call}
            if not beside:
                self._files[f"{folder}agent-{agent}.meta.json"] = json.dumps(meta)
                scene.elsewhere.append("meta")
        self._lines, self._parent = kept, parent

    def spill(self, scene: Scene, name: str, text: str) -> None:
        """A tool's output too large for its line."""
        self._files[f"{self.id}/tool-results/{name}"] = text
        scene.elsewhere += [f"spilled:{name}", "path"]

    def queued(self, scene: Scene, text: str) -> None:
        """A prompt typed while Claude worked."""
        attachment = {"type": "queued_command", "prompt": text, "commandMode": "prompt"}
        self._chain(scene, "attachment", attachment=attachment)

    def hook(self, scene: Scene, text: str) -> None:
        """What a Stop hook complained of."""
        fields = {"subtype": "stop_hook_summary", "hookCount": 1, "hookErrors": [text]}
        self._chain(scene, "system", **fields)

    def local(self, scene: Scene, text: str) -> None:
        """The output of a command typed with `!`."""
        content = f"<bash-input>make env</bash-input><bash-stdout>{text}</bash-stdout>"
        self._chain(scene, "user", message={"role": "user", "content": content})

    def summary(self, scene: Scene, text: str) -> None:
        """What replaced a compacted past."""
        message = {"role": "user", "content": text}
        self._chain(scene, "user", message=message, isCompactSummary=True)

    def title(self, scene: Scene, text: str) -> None:
        """The session's title."""
        kind, key = self.rng.choice([("ai-title", "aiTitle"), ("custom-title", "customTitle")])
        self._lines.append({"type": kind, key: text, "sessionId": self.id})
        scene.elsewhere.append("state")

    # -- out

    def save(self, folder: Path) -> Path:
        """Write all files below the folder; gives the main one."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self._files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        main = folder / f"{self.id}.jsonl"
        main.write_text(ndjson(self._lines), encoding="utf-8")
        return main


def ndjson(lines: list[Json]) -> str:
    """The lines as Claude Code writes them."""
    return "".join(
        json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines
    )
