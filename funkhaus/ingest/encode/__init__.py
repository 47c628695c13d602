"""Making an asset of a source file: encoders, sidecars, posters, verification."""
