"""Where things are: reference systems, districts, development zones and natural features."""
