"""Resumable uploads by the tus protocol: its parsing, the growing files, the rows that name them."""
