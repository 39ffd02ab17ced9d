"""Excel at the desk: taking a workbook in, step by step, and giving a list out.

Imports `dialogs`, `entry`, `errors`, `files`, `help`, `lists`, `look`, `memory`, `parts`, `tasks` and `workplace`.
"""
