"""Lists with rows on demand, smooth at a million rows: model, view, heading, filters.

Imports `charts`, `entry`, `look`, `memory`, `parts` and `tasks`.
"""
