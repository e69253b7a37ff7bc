"""A casefile on disk: where the steps meet. Load, call, save."""
