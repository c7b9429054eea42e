"""Pure reads of what anyone may browse."""
