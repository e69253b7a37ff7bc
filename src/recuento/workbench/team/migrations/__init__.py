"""How the two tables came to be."""
