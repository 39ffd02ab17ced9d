"""A group in a grid: one row a person, one part above for all of them.

Imports `entry`, `help`, `intake`, `look`, `memory`, `parts`, `shell`, `workbooks` and `workplace`.
"""
