"""The reference clients of tus as they are published, run as programs of their own."""
