"""Encoding of an asset from its source file: the pipeline, encoders, sidecars, posters, verification."""
