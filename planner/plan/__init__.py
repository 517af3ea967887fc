"""The plan document: its values, how they are read and written, and what is asked."""
