"""Everything that is typed into: editors by kind of field, choosing by typing, scans.

Imports `look`, `parts` and `tasks`.
"""
