"""What becomes public: asked for, held back, retracted, confirmed, and put in place at once."""
