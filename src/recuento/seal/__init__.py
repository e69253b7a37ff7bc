"""Keep what must not be read: sealed values, keys, envelopes, and keys split among people. A library of its own."""
