"""Binaries: flags in, one call, a result out."""
