"""Everything that is typed into: editors by kind of field, choosing by typing, scans.

Imports `look` and `parts`. Called by the intake, forms and dialogs.
"""
