"""What gatherings came to, in numbers that name nobody, for community managers."""
