"""Printed matter: the brief of a county or city and the list of chosen projects, as PDF."""
