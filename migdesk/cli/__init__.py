"""The command line: one command per service, for scripts and for machines without a display.

Imports `services` and `domain`. Called by `app`. The contract of names, keys and exit codes is public.
"""
