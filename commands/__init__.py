"""What the command line can do, a module for each family of commands; none imports a page."""
