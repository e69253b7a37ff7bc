"""What a demand asks for, item by item, and who is asked."""
