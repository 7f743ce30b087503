"""Policy submissions: what bodies send to a consultation."""
