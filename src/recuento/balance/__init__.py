"""Claims and identities in; exact bounds, proofs and conflicts out. Works without a casefile."""
