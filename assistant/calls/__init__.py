"""The help desk on the telephone: search, three voices, starting in the middle, notes. No terminal."""
