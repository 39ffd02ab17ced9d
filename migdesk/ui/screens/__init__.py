"""The pages of the side bar: a declaration each, and beside it the parts and questions that one page alone has.

Imports `charts`, `entry`, `errors`, `files`, `help`, `later`, `lists`, `look`, `papers`, `parts`, `shell`,
`workbooks` and `workplace`.
"""
