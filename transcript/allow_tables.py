"""The allow-list as data: which line types, keys and value types may leave the machine.

Read it like a form. A key that is not here does not pass, whatever its value. A dict is a form of
its own, `[x]` a list of x, `Map(x)` a dict with free keys (question texts, model names).
What is left out on purpose: paths of spilled files (`outputFile`, `persistedOutputPath`,
`transcriptDir`), what only repeats the call's input (`oldString`, `newString`, `prompt`, `edits`),
whole files (`originalFile`), private links (`sessionUrl`, `url` of a bridge) and every header.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import NoneType
from typing import Any

Types = frozenset[type]

TEXT: Types = frozenset({str, NoneType})
NUMBER: Types = frozenset({int, float, NoneType})
FLAG: Types = frozenset({bool, NoneType})
SCALAR: Types = TEXT | NUMBER | FLAG
OBJECT: Types = frozenset({dict})


@dataclass(frozen=True)
class Map:
    """A dict whose keys are free and whose values all obey one rule."""

    of: Any


@dataclass(frozen=True)
class Either:
    """The first rule that fits: scalars by type, dict and list by their shape."""

    rules: tuple[Any, ...]


@dataclass(frozen=True)
class Special:
    """A rule that needs code: the name of a function of allow.py."""

    name: str


Form = Mapping[str, Any]

BLOCKS = Special("blocks")
"""A list of content blocks, images among them."""
TWIN_BLOCKS = Special("twin_blocks")
"""The same inside `toolUseResult`, where an image is the twin of one in the message."""

USAGE: Form = {
    "input_tokens": NUMBER,
    "output_tokens": NUMBER,
    "cache_creation_input_tokens": NUMBER,
    "cache_read_input_tokens": NUMBER,
    "cache_creation": {
        "ephemeral_5m_input_tokens": NUMBER,
        "ephemeral_1h_input_tokens": NUMBER,
    },
    "server_tool_use": {"web_search_requests": NUMBER, "web_fetch_requests": NUMBER},
}

MESSAGE: Form = {
    "role": TEXT,
    "content": Either((TEXT, BLOCKS)),
    "id": TEXT,
    "type": TEXT,
    "model": TEXT,
    "stop_reason": TEXT,
    "stop_sequence": TEXT,
    "usage": USAGE,
}

BLOCK_FORMS: Mapping[str, Form] = {
    "text": {"text": TEXT},
    "thinking": {"thinking": TEXT},
    "redacted_thinking": {},
    "tool_use": {"id": TEXT, "name": TEXT, "input": OBJECT},
    "server_tool_use": {"id": TEXT, "name": TEXT, "input": OBJECT},
    "mcp_tool_use": {"id": TEXT, "name": TEXT, "server_name": TEXT, "input": OBJECT},
    "tool_result": {
        "tool_use_id": TEXT,
        "content": Either((TEXT, BLOCKS)),
        "is_error": FLAG,
    },
    "mcp_tool_result": {
        "tool_use_id": TEXT,
        "content": Either((TEXT, BLOCKS)),
        "is_error": FLAG,
    },
    "web_search_tool_result": {
        "tool_use_id": TEXT,
        "content": Either(([{"type": TEXT, "title": TEXT, "url": TEXT, "page_age": TEXT}],)),
    },
    "search_result": {"title": TEXT, "source": TEXT, "content": BLOCKS},
    "tool_reference": {"tool_name": TEXT},
}
"""`type` itself passes always; `image` and `document` have code of their own in allow.py."""

CHAIN: Form = {
    "type": TEXT,
    "uuid": TEXT,
    "parentUuid": TEXT,
    "logicalParentUuid": TEXT,
    "sessionId": TEXT,
    "timestamp": TEXT,
    "cwd": TEXT,
    "version": TEXT,
    "gitBranch": TEXT,
    "userType": TEXT,
    "isSidechain": FLAG,
    "agentId": TEXT,
    "isMeta": FLAG,
}

USER: Form = {
    **CHAIN,
    "message": MESSAGE,
    "toolUseResult": Special("tool_use_result"),
    "sourceToolUseID": TEXT,
    "sourceToolAssistantUUID": TEXT,
    "isCompactSummary": FLAG,
    "isVisibleInTranscriptOnly": FLAG,
    "permissionMode": TEXT,
    "promptSource": TEXT,
    "origin": {"kind": TEXT},
    "toolDenialKind": TEXT,
    "interruptedMessageId": TEXT,
}

ASSISTANT: Form = {
    **CHAIN,
    "message": MESSAGE,
    "apiBlockIndex": NUMBER,
    "thinkingDurationMs": NUMBER,
    "isApiErrorMessage": FLAG,
    "error": TEXT,
    "apiErrorStatus": NUMBER,
}

ATTACHMENT: Form = {
    **CHAIN,
    "attachment": {
        "type": TEXT,
        "prompt": Either((TEXT, BLOCKS)),
        "commandMode": TEXT,
        "timestamp": TEXT,
        "origin": {"kind": TEXT},
    },
}
ATTACHMENT_TYPES = frozenset({"queued_command"})

_NOTE: Form = {**CHAIN, "subtype": TEXT, "content": TEXT, "level": TEXT}
_COMPACTION: Form = {
    "trigger": TEXT,
    "preTokens": NUMBER,
    "postTokens": NUMBER,
    "durationMs": NUMBER,
    "cumulativeDroppedTokens": NUMBER,
}

SYSTEM_FORMS: Mapping[str | None, Form] = {
    None: {**_NOTE, "toolUseID": TEXT},
    "local_command": _NOTE,
    "away_summary": _NOTE,
    "scheduled_task_fire": _NOTE,
    "informational": _NOTE,
    "model_refusal_fallback": _NOTE,
    "model_refusal_no_fallback": _NOTE,
    "agents_killed": _NOTE,
    "compact_boundary": {**_NOTE, "compactMetadata": _COMPACTION},
    "turn_duration": {**_NOTE, "durationMs": NUMBER, "messageCount": NUMBER},
    "stop_hook_summary": {
        **_NOTE,
        "hookCount": NUMBER,
        "hookErrors": [TEXT],
        "preventedContinuation": FLAG,
        "stopReason": TEXT,
    },
    "api_error": {
        **_NOTE,
        "error": {
            "status": NUMBER,
            "type": TEXT,
            "error": {"type": TEXT, "message": TEXT, "error": {"type": TEXT, "message": TEXT}},
            "cause": {"code": TEXT},
        },
        "cause": {"code": TEXT},
        "retryInMs": NUMBER,
        "retryAttempt": NUMBER,
        "maxRetries": NUMBER,
    },
}
"""By subtype. One that is not here (`bridge_status`, hooks, tasks) does not pass at all."""

_STATE: Form = {"type": TEXT, "sessionId": TEXT}

STATE_FORMS: Mapping[str, Form] = {
    "custom-title": {**_STATE, "customTitle": TEXT},
    "ai-title": {**_STATE, "aiTitle": TEXT},
    "summary": {**_STATE, "summary": TEXT, "leafUuid": TEXT},
    "pr-link": {
        **_STATE,
        "prNumber": NUMBER,
        "prUrl": TEXT,
        "prRepository": TEXT,
        "timestamp": TEXT,
    },
    "cost-state": {
        **_STATE,
        "totalCostUSD": NUMBER,
        "totalDuration": NUMBER,
        "totalLinesAdded": NUMBER,
        "totalLinesRemoved": NUMBER,
        "modelUsage": Map(
            {
                "inputTokens": NUMBER,
                "outputTokens": NUMBER,
                "cacheReadInputTokens": NUMBER,
                "cacheCreationInputTokens": NUMBER,
                "costUSD": NUMBER,
            }
        ),
    },
}

META: Form = {
    "agentType": TEXT,
    "description": TEXT,
    "toolUseId": TEXT,
    "spawnDepth": NUMBER,
    "model": TEXT,
    "parentAgentId": TEXT,
    "finished": FLAG,
}
"""What a subagent file's `.meta.json` may say."""
