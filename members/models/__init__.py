from members.models.audit import AuditEntry
from members.models.consent import Consent
from members.models.erasure import Erasure
from members.models.member import Member
from members.models.office import Office, Officeholding, OfficeInvitation
from members.models.organisation import Organisation
from members.models.region import Region
from members.models.user import User

__all__ = [
    "AuditEntry",
    "Consent",
    "Erasure",
    "Member",
    "Office",
    "OfficeInvitation",
    "Officeholding",
    "Organisation",
    "Region",
    "User",
]
