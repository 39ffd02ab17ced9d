"""What the office does: one function per use case, each taking the open `Desk` first.

Imports everything to its left; called by `ui` and `cli`, which know nothing further left but `domain`.
A service reads top to bottom: check, write, tell.
"""
