"""The sections by name, each with its reader and writer, in the order in which they are loaded."""

from __future__ import annotations

from registrations.files import rules, sold, terms

SECTIONS = (
    ("passes", sold.load_passes, sold.dump_passes, 20),
    ("extras", sold.load_extras, sold.dump_extras, 21),
    ("terms", terms.load_terms, terms.dump_terms, 22),
    ("refunds", terms.load_refunds, terms.dump_refunds, 23),
    ("delegations", rules.load_delegations, rules.dump_delegations, 24),
    ("check_in", rules.load_check_in, rules.dump_check_in, 25),
)
