"""People and the bodies they act for: sign-ins, members, bodies, offices, the audit trail."""
