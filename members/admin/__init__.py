"""The staff's workplace for people and bodies. Each noun has its module; importing registers it."""

from members.admin import bodies, members, offices, trail, users

__all__ = ["bodies", "members", "offices", "trail", "users"]
