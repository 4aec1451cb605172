"""What users add: one database of records with its change log, and files beside it."""
