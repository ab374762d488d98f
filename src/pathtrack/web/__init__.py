"""The network, which nothing else uses: an extra."""
