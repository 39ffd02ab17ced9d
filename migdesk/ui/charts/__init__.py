"""Figures to look at: charts, gauges, number cards, drawn with QPainter.

Imports `look` and `parts`.
"""
