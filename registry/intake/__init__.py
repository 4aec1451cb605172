"""Files of strangers read into proposals: nothing here writes, a caller stores what was decided."""
