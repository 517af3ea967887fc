"""The tests; a package by name, since textstat installs another of the same name."""
