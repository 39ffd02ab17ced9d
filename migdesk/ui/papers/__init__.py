"""Paper before it is paper: preview, questions of a form, the printer.

Imports parts and editors. Called by files and pages.
"""
