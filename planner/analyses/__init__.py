"""What follows from a plan, as numbers."""
