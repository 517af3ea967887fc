"""What a reader does to a plan, and what there is to start from."""
