"""Files: one record with everything around it, and the small windows that change it.

Imports `charts`, `entry`, `help`, `later`, `lists`, `look`, `parts` and `workplace`.
"""
