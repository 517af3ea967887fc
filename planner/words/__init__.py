"""How things are said: figures, the terms of art, and Markdown."""
