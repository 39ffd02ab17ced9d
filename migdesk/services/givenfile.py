"""Files that a person names, as the command line opens them: never a pipe without an end."""

from __future__ import annotations

from migdesk.exchange.givenfile import not_read as not_read
from migdesk.exchange.givenfile import open_given as open_given
