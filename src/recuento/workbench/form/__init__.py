"""What a person sent in a form of the review, made into the statement as it should be."""
