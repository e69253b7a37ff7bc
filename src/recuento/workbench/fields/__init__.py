"""The fields of a statement in the review: what each says, and what else it may be."""
