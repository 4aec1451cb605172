"""Rasters: a record of what a raster is, then its values at points, in districts and on a map."""
