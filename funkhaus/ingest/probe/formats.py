"""The formats that are read at all."""

from __future__ import annotations

# `video.md`: what a newsroom delivers. Playlists and scripts are not among them.
FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,mpeg,avi,flv,mp3,flac,wav,ogg,aac,mxf"
