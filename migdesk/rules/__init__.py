"""What the law says: packs of dated, sourced data and their pure evaluation.

Imports `domain`. Takes text of packs, facts and dates; touches no file and no clock. Called by `services`.
"""
