"""What a change is known from: its lines, or only the texts of the call (see changes.Basis).

Shares that are there already list only changes whose lines are known, until they are uploaded
again.
"""

from typing import Any


def up(migrator: Any, db: Any) -> None:  # noqa: ARG001 - the runner's signature
    """Add the column. Plain SQL for the reason that 0003 gives."""
    db.execute_sql("ALTER TABLE changes ADD COLUMN basis VARCHAR(16) NOT NULL DEFAULT 'patch'")
