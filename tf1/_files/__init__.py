"""Files: read only where they are regular ones, written whole or not at all."""
