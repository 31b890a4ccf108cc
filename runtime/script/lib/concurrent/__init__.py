"""Running calls beside each other."""
