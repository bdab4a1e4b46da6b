"""What is stored, and where: the only room that knows the database."""
