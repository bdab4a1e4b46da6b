"""What only lines far before a row say of it, such as the subject of a task (see Part.about).

Shares that are there already go without until they are uploaded again.
"""

from typing import Any


def up(migrator: Any, db: Any) -> None:  # noqa: ARG001 - the runner's signature
    """Add the column. Plain SQL for the reason that 0003 gives."""
    db.execute_sql("ALTER TABLE parts ADD COLUMN about TEXT NOT NULL DEFAULT ''")
