"""The business of conference: motions, nominations, awards, policy submissions."""
