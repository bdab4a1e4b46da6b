"""Which `system` lines are a quiet line on the page, and which nobody needs to see."""

from .model import Json

SYSTEM_NOTICES: dict[str, tuple[str, bool]] = {
    "api_error": ("api-error", True),
    "stop_hook_summary": ("hook-error", True),
    "away_summary": ("away-summary", False),
    "scheduled_task_fire": ("scheduled-task-fire", False),
    "informational": ("informational", False),
    "model_refusal_fallback": ("model-refusal", False),
    "model_refusal_no_fallback": ("model-refusal", True),
    "agents_killed": ("agents-killed", False),
    "": ("system", False),
}
"""subtype -> (name of the notice, is an error). Any other subtype is "unknown"."""

_HIDDEN = frozenset({"turn_duration", "microcompact_boundary", "bridge_status", "file_snapshot"})
_HIDDEN_PREFIXES = ("task_", "hook_")


def is_hidden_system(line: Json, subtype: str) -> bool:
    """True for bookkeeping: times, hooks that went well, snapshots, injected lines."""
    if line.get("isMeta") is True or subtype in _HIDDEN or subtype.startswith(_HIDDEN_PREFIXES):
        return True
    if subtype == "stop_hook_summary":
        return not (line.get("hookErrors") or line.get("preventedContinuation") is True)
    if not subtype:  # before subtypes: hook chatter carries the id of the call it ran for
        return bool(line.get("toolUseID")) or not isinstance(line.get("content"), str)
    return False
