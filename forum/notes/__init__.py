"""What health bodies say about claims that can harm."""
