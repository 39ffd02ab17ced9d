"""A public service that no law knows, with everything a file of a service may say."""

from __future__ import annotations

from migdesk.rules.procedure_file import load_procedure
from migdesk.services import law
from migdesk.services.known_codes import known_codes

T = 'title = { kk = "қк", ru = "рус", en = "eng" }\n'
L = 'label = { kk = "қк", ru = "рус", en = "eng" }\n'
TEXT = (
    f'code = "trial"\nversion = "1"\n{T}from = 2020-01-01\napplicant = "person"\ncited = "s"\n'
    'permit = "rvp"\nappeal = "labour.fee_payment"\nterm = "kandas.decision"\n'
    'caps = ["document", "contract", "field:lease_until"]\n'
    '[[source]]\nid = "s"\nact = "Act"\nread = 2026-11-01\nconfidence = "reported"\nmark = "V2"\n'
    '[[source]]\nid = "m"\nact = "Memory"\nread = 2026-11-01\nconfidence = "unverified"\nmark = "U"\n'
    f'[[who]]\ncode = "anybody"\n{T}'
    f'[[field]]\nkey = "purpose"\nkind = "choice"\n{L}required = true\n'
    'options = [{ code = "work", title = { kk = "жұмыс", ru = "работа", en = "work" } },'
    ' { code = "study", title = { kk = "оқу", ru = "учёба", en = "study" } }]\n'
    f'[[field]]\nkey = "contract_until"\nkind = "day"\n{L}'
    '[[field]]\nkey = "lease_until"\nkind = "day"\n'
    'label = { kk = "жалдау", ru = "аренда", en = "End of the lease" }\n'
    f'[[field]]\nkey = "replaces"\nkind = "text"\n{L}'
    f'[[field]]\nkey = "is_branch"\nkind = "flag"\n{L}fact = "employer_is_branch"\n'
    f'[[paper]]\ncode = "application"\n{T}'
    f'[[paper]]\ncode = "clearance"\n{T}valid_days = 180\n'
    f'[[paper]]\ncode = "hearsay"\n{T}valid_days = 90\nrequired = false\nsource = "m"\n'
    f'[[paper]]\ncode = "contract"\n{T}when = {{ field = "purpose", is = ["work"] }}\n'
    f'[[step]]\ncode = "filing"\n{T}by = "office"\n'
    f'[[step]]\ncode = "check"\n{T}by = "office"\nterm = "kandas.completeness"\nafter = "filing"\n'
    f'[[step]]\ncode = "decision"\n{T}by = "office"\n'
    f'[[step]]\ncode = "issue"\n{T}by = "office"\nterm = "labour.issue"\nafter = "decision"\n'
    f'[[decision]]\ncode = "grant"\n{T}term = "rvp.longest"\npayments = ["support.relocation"]\n'
    f'[[decision]]\ncode = "extend"\n{T}term = "rvp.longest"\n'
    f'[[decision]]\ncode = "reissue"\ndoes = "replace"\n{T}'
    f'[[decision]]\ncode = "refuse"\n{T}forms = ["kandas_decision"]\n'
    f'[[decision]]\ncode = "terminate"\n{T}'
    f'[[ground]]\ncode = "late"\ndecision = "refuse"\n{T}'
    f'[[ground]]\ncode = "gone"\ndecision = "terminate"\n{T}'
)


def with_trial(desk, text=TEXT):
    """The office knows the service from now on."""
    made = load_procedure("trial.toml", text, known_codes(law.packs()))
    read = desk._read_law

    def with_it():
        found = read()
        found.services = lambda: (*law.load_procedures(), made)
        return found

    desk._read_law = with_it
    desk._kept.change(("office",))
    return desk
