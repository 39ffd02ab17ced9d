"""How everything looks: themes, type, icons, and the words on labels.

Imports nothing else of the window.
"""
