"""URLs: parsing and opening."""
