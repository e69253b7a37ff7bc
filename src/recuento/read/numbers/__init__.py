"""The numbers of a text with the words that bound them, without those that count nothing."""
