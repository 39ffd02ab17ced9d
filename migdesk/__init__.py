"""MigDesk: the desktop program of a regional migration office.

The map of the house, each room importing only from its left:

    i18n ← paths ← about|logs ← crash ← domain ← rules ← store|exchange|paper ← services ← ui|cli ← app ← __main__

`domain` says what is true, `rules` what the law says, `store` what we remember, `exchange` and `paper`
bring workbooks and PDFs, `services` are what an office does, `ui` and `cli` are its two doors.
"""
