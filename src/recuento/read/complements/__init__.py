"""What follows a reporting verb: a clause, a quotation, a question, a request or a thing."""
