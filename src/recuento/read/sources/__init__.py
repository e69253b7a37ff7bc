"""Who speaks, as far as the sentence tells: the noun phrase before or after a reporting verb."""
