"""Moving: all that one database keeps is put into another one, of the same kind or the other."""
