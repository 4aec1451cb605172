"""The parts of the districts page: its filters, table, map and sheet of one county."""
