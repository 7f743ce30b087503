"""The verbs of registration, a file a noun. Each takes who acts and the instant."""
