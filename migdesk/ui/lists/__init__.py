"""Lists with rows on demand, smooth at a million rows: model, view, heading, filters.

Imports `look`, `parts` and `entry`. Called by list pages and files.
"""
