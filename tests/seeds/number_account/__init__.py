"""Every number of the five documents, and what in the registry accounts for it."""
