"""Mail that cannot get lost: the outbox, its delivery, the suppression list. Knows no other app."""
