"""The words that everyone uses: errors, units, closed lists, columns, the selection, messages."""
