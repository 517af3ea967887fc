"""What to do about it: rules, each with its evidence and its page."""
