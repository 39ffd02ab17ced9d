"""`migdesk` and `python -m migdesk` begin here. Which room to open for what:

    app        what was asked for → an open office → the command line or the window
    cli        a command: its arguments, what it prints, its exit code
    ui         the window: screens, dialogs, drawing; `ui.shell.main_window` is the frame
    services   what the office does: one function per use case, called by both doors above
    store      the database: migrations, journal, queries
    exchange   workbooks in and out
    paper      PDF: forms, reports
    rules      the law: packs and procedures in `resources/`, read and applied
    domain     what is true: records, fields, numbers, dates, findings, errors

Further left stand `crash`, `logs`, `about`, `paths` and `i18n`, which know nothing of migration.
"""

from __future__ import annotations

import sys

from migdesk import app


def main() -> int:
    """Do what the command line asks; the exit code."""
    return app.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
