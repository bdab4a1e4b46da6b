"""How each family of tools is drawn: a module with a `Family` and its template, found by itself.

A new family is one module here (a function for the closed row, one for what opens), one template
in `templates/items/`, one fixture and one snapshot in `tests/render/rows/`.
"""

from importlib import import_module
from pkgutil import iter_modules

from . import agent, generic, mcp
from .call import Call, Closed, Context, Fact, Family, Sight

FAMILIES = tuple(
    family
    for module in sorted(found.name for found in iter_modules(__path__))
    for family in vars(import_module(f".{module}", __name__)).values()
    if isinstance(family, Family)
)
REGISTRY = {name: family for family in FAMILIES for name in family.names}

__all__ = [
    "FAMILIES",
    "REGISTRY",
    "Call",
    "Closed",
    "Context",
    "Fact",
    "Family",
    "Sight",
    "agent",
    "family",
]


def family(name: str) -> Family:
    """The family of a tool; unknown tools are drawn by the generic one."""
    if name.startswith(mcp.PREFIX):
        return mcp.FAMILY
    return REGISTRY.get(name, generic.FAMILY)
