"""What words mean and what they say together: classes of words, patterns, and what they count for."""
