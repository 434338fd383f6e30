"""Migrations: the way from any version of the database to any other. README.md here says how one is made."""
