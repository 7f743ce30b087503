"""Reading motions: lists and words, histories, what one person marks, notes and follows."""
