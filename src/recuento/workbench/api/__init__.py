"""The HTTP API: the nouns of a casefile as JSON, for programs. It reads; what people decide is decided on the pages."""
