"""What is true: records, fields, identifiers, dates, findings, errors.

Pure: no files, clock, randomness or threads; time and uids come in as arguments. Imports only `i18n`.
Every other room calls it.
"""
