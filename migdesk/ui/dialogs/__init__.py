"""Windows over the window: only where work must stop for an answer.

Imports `entry`, `errors`, `files`, `help`, `lists`, `look`, `parts`, `shell`, `tasks` and `workplace`.
"""
