"""How each family of tools is drawn: one module and one template each, found by name here."""

from . import agent, files, generic, look, shell, todo
from .call import Call, Closed, Context, Fact, Family, Sight

FAMILIES = (
    shell.FAMILY,
    files.READ,
    files.EDIT,
    files.WRITE,
    look.FAMILY,
    todo.FAMILY,
    agent.FAMILY,
)
REGISTRY = {name: family for family in FAMILIES for name in family.names}

__all__ = ["REGISTRY", "Call", "Closed", "Context", "Fact", "Family", "Sight", "family"]


def family(name: str) -> Family:
    """The family of a tool; unknown tools are drawn by the generic one."""
    return REGISTRY.get(name, generic.FAMILY)
