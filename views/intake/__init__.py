"""Taking a file in: from the choice of it to what was committed, and back."""
