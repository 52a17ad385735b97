"""An attacker of our own: sees what everybody sees, finds relations by itself, and is scored against the truth."""
