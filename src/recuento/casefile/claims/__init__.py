"""Claims from tables: read whole, shown, then written in one transaction."""
