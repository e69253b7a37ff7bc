"""Text to attributed statements, with figures and demands. Works without a casefile."""
