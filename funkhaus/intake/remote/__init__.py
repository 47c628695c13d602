"""The client that sends files to another Funkhaus server."""
