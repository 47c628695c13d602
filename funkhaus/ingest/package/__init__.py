"""Packaging of an asset: names of its files, HLS playlists, atomic writes."""
