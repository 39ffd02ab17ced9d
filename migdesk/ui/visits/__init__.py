"""Appointments: the board of a day, who is expected, who did not come, and the next free time.

Reads services and domain, borrows small windows of `files`; knows no other page.
"""
