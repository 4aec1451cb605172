"""Putting a project where it is: by a click or by typed coordinates."""
