"""The nouns of Recuento, small and frozen. They know `values` and `errors`, and nothing else of ours."""
