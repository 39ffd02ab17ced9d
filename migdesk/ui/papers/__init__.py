"""Paper before it is paper: preview, questions of a form, the printer.

Imports `entry`, `errors`, `look`, `memory`, `parts`, `shell`, `tasks` and `workplace`.
"""
