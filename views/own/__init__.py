"""Projects that users enter by hand, and areas of their own."""
