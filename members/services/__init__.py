"""Verbs: what can be done to people, offices and memberships, each with its audit entry and mail."""
