"""Parts of which pages are built: actions, pills, cards of facts, messages, steps.

Imports `look`, `memory` and `tasks`.
"""
