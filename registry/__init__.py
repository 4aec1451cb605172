"""Plans and users' additions as one frozen whole, and what a selection takes of it."""
