"""What may be asked: reads, put together from store and assessment."""
