"""The window: Qt widgets over the services.

The only room that knows PySide6. Imports `services` and `domain`. Called by `app`. The GUI thread never
writes, renders or opens workbooks: that goes through `tasks`.
"""
