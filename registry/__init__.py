"""Plans and users' additions as one frozen whole with a digest, and what a selection takes of it."""
