"""The allow-list for `toolUseResult`, the structured twin of a tool's result; see allow_tables."""

from .allow_tables import FLAG, NUMBER, SCALAR, TEXT, TWIN_BLOCKS, USAGE, Either, Form, Map

TODO: Form = {
    "content": TEXT, "status": TEXT, "activeForm": TEXT, "id": SCALAR, "priority": TEXT,
}  # fmt: skip

TASK: Form = {
    "id": SCALAR,
    "subject": TEXT,
    "description": TEXT,
    "status": TEXT,
    "owner": TEXT,
    "blocks": [SCALAR],
    "blockedBy": [SCALAR],
    "task_id": SCALAR,
    "task_type": TEXT,
    "output": TEXT,
    "result": TEXT,
    "error": TEXT,
    "exitCode": NUMBER,
}

PATCH: Form = {
    "oldStart": NUMBER,
    "oldLines": NUMBER,
    "newStart": NUMBER,
    "newLines": NUMBER,
    "lines": [TEXT],
}

READ_FILE: Form = {
    "filePath": TEXT,
    "content": TEXT,
    "numLines": NUMBER,
    "startLine": NUMBER,
    "totalLines": NUMBER,
    "type": TEXT,
    "originalSize": NUMBER,
    "count": NUMBER,
    "dimensions": Map(NUMBER),
    "cells": [
        {
            "cellType": TEXT,
            "cell_id": TEXT,
            "source": Either((TEXT, [TEXT])),
            "language": TEXT,
            "execution_count": NUMBER,
            "outputs": [{"output_type": TEXT, "text": Either((TEXT, [TEXT]))}],
        }
    ],
}

TOOL_RESULT: Form = {
    # Bash, PowerShell, BashOutput, KillShell
    "stdout": TEXT,
    "stderr": TEXT,
    "interrupted": FLAG,
    "isImage": FLAG,
    "noOutputExpected": FLAG,
    "returnCodeInterpretation": TEXT,
    "backgroundTaskId": TEXT,
    "timedOutAfterMs": NUMBER,
    "persistedOutputSize": NUMBER,
    "gitOperation": {
        "commit": {"sha": TEXT, "kind": TEXT, "branch": TEXT},
        "push": {"branch": TEXT},
        "branch": Either((TEXT, {"ref": TEXT, "name": TEXT, "action": TEXT})),
        "pr": {"number": NUMBER, "url": TEXT, "action": TEXT},
    },
    "shellId": TEXT,
    "shell_id": TEXT,
    "command": TEXT,
    "exitCode": NUMBER,
    "stdoutLines": NUMBER,
    "stderrLines": NUMBER,
    # Read, Edit, MultiEdit, Write, NotebookEdit
    "type": TEXT,
    "file": READ_FILE,
    "filePath": TEXT,
    "content": Either((TEXT, TWIN_BLOCKS)),
    "structuredPatch": [PATCH],
    "userModified": FLAG,
    "replaceAll": FLAG,
    "old_source": TEXT,
    "cell_type": TEXT,
    "cell_id": TEXT,
    "language": TEXT,
    "edit_mode": TEXT,
    "error": TEXT,
    # Grep, Glob
    "mode": TEXT,
    "filenames": [TEXT],
    "numFiles": NUMBER,
    "numLines": NUMBER,
    "numMatches": NUMBER,
    "appliedLimit": NUMBER,
    "durationMs": NUMBER,
    "truncated": FLAG,
    # Agent, Task, Workflow
    "status": SCALAR,
    "agentId": TEXT,
    "agentType": TEXT,
    "isAsync": FLAG,
    "description": TEXT,
    "resolvedModel": TEXT,
    "totalDurationMs": NUMBER,
    "totalTokens": NUMBER,
    "totalToolUseCount": NUMBER,
    "usage": USAGE,
    "toolStats": Map(NUMBER),
    "taskType": TEXT,
    "runId": TEXT,
    "workflowName": TEXT,
    "summary": TEXT,
    # the task and to-do lists
    "oldTodos": [TODO],
    "newTodos": [TODO],
    "task": TASK,
    "tasks": [TASK],
    "success": FLAG,
    "taskId": SCALAR,
    "updatedFields": [TEXT],
    "statusChange": {"from": TEXT, "to": TEXT},
    "retrieval_status": TEXT,
    "message": TEXT,
    "task_id": TEXT,
    "task_type": TEXT,
    # the web
    "url": TEXT,
    "code": NUMBER,
    "codeText": TEXT,
    "bytes": NUMBER,
    "result": TEXT,
    "query": TEXT,
    "results": [
        Either((TEXT, {"tool_use_id": TEXT, "content": [{"title": TEXT, "url": TEXT}]}))
    ],
    "durationSeconds": NUMBER,
    # questions, plans, skills
    "questions": [
        {
            "question": TEXT,
            "header": TEXT,
            "multiSelect": FLAG,
            "options": [{"label": TEXT, "description": TEXT, "preview": TEXT}],
        }
    ],
    "answers": Map(Either((TEXT, [TEXT]))),
    "annotations": Map({"notes": TEXT, "preview": TEXT}),
    "plan": TEXT,
    "isAgent": FLAG,
    "commandName": TEXT,
    "allowedTools": [TEXT],
    "matches": [TEXT],
    "total_deferred_tools": NUMBER,
    # the rest
    "operation": TEXT,
    "resultCount": NUMBER,
    "fileCount": NUMBER,
    "timeoutMs": NUMBER,
    "persistent": FLAG,
    "scheduledFor": SCALAR,
    "clampedDelaySeconds": NUMBER,
    "wasClamped": FLAG,
    "id": SCALAR,
    "jobs": [{"id": SCALAR, "cron": TEXT, "humanSchedule": TEXT, "prompt": TEXT,
              "recurring": FLAG, "durable": FLAG}],
    "json": TEXT,
}  # fmt: skip
"""The union over all tools: a result line does not name its tool."""
