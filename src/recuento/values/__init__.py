"""Values: quantities, dates, names, places. Parse, normalise, compare."""
