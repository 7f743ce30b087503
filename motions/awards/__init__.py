"""Recognition awards: who is proposed, in confidence until the presentation."""
