"""One module for each revision, named r0001_what_changed; a released one is never edited."""
