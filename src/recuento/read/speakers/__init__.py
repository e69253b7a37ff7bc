"""Who a source is, inside one document: described, known again, and who is addressed."""
