"""Appointments: the board of a day, who is expected, who did not come, and the next free time.

Imports `entry`, `files`, `look`, `parts`, `screens`, `shell` and `workplace`.
"""
