"""Two files of one person: the work list of pairs, two files side by side, a merged file taken apart.

Imports entry, look, parts and the small windows of files; the assembly opens it, other pages ask by signals.
"""
