"""Words of English as data: numerals, the calendar, currencies, given names, nouns that refer back."""
