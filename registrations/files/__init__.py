"""The sections of a conference file that say what is sold, on what terms, and by what rules."""
