"""What a session is: reading, the allow-list, redaction, items. Standard library only."""
