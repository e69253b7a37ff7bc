"""Documents: files, web pages and archives brought in, their bytes kept before anything reads them."""
