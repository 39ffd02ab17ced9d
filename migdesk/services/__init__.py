"""What the office does: one function per use case, each taking the open `Desk` first.

Imports everything to its left; called by `ui` and `cli`, which know nothing further left but `domain`.
A service reads top to bottom: check, write, tell. Each subject has its room; here lie the desk itself and what every
room uses (checks, lists, listing, the law as loaded), and what looks over several subjects (the day, records,
reports).
"""
