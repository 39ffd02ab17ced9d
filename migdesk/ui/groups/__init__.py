"""A group in a grid: one row a person, one part above for all of them.

Reads services and domain, borrows the fields of `intake` and `entry`; knows no other page.
"""
