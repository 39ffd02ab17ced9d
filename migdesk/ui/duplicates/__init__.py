"""Two files of one person: the work list of pairs, two files side by side, a merged file taken apart.

Imports `entry`, `files`, `look`, `parts`, `shell` and `workplace`. The assembly opens it, other pages ask by
signals.
"""
