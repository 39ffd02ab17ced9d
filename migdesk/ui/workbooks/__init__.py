"""Excel at the desk: taking a workbook in, step by step, and giving a list out.

Imports parts, lists and editors. Called by the exchange page.
"""
