"""What `python -m tf1.compare_graphs` does: reading graphs from files, comparing them, telling the differences."""
