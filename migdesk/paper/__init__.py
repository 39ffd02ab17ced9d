"""PDF: official forms drawn from data, tabular reports, the proof page of a form.

The only room that knows reportlab. Imports `domain`; called by `services`.
"""
