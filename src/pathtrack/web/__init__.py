"""The network, which nothing else asks: an extra."""
