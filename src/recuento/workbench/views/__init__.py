"""The pages: read the request, call the casefile, show the result."""
