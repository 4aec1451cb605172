"""What the map shows and what leaves the house: styles, symbols, figures, map, exports."""
