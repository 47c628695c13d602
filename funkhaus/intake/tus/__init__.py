"""Resumable uploads: the tus protocol, the files that grow, the rows that name them."""
