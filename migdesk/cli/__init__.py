"""The command line: one command per service, for scripts and for machines without a display.

Imports `services` and `domain`. The contract of names, keys and exit codes is public.
"""
