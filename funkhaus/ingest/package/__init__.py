"""How an asset lies in its folder: names of files, HLS playlists, files that appear whole."""
