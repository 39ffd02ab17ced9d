"""What we remember: one SQLite (or SQLCipher) file, its migrations, journal and queries.

The only room that knows SQL and sqlite-utils. Imports `domain` and `paths`; called by `services`.
"""
