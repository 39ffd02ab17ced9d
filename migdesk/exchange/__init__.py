"""Workbooks in and out: recognise a sheet, read rows with their cells, write, mark problems.

The only room that knows openpyxl, calamine and XlsxWriter. Imports `domain`; called by `services`.
"""
