"""Parsers of foreign bytes. Only the jailed child imports these modules; nothing else of ours may."""
