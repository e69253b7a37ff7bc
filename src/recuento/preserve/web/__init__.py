"""Capture from the web, and web archives made elsewhere: addresses, requests, WARC and WACZ.

Nothing here parses a document: the bytes of a page go to the jail as any others do.
"""
