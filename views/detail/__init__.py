"""The panel of what was chosen: a project, a county, a target."""
