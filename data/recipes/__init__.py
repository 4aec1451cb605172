"""Scripts that make the files in `data/`; run by hand, never by the app."""
