"""Mail: letters, and what carries them, opened by URL like the other backends."""
