"""The sample office: a deterministic register from published distributions, and one working day in it.

Every person is synthetic; numbers are valid by their check digits and belong to nobody. Imports the other
services, as an office would use them; called by `cli` and `ui`.
"""
