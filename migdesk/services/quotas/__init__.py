"""The ledger of quotas and its waiting lists."""
