"""Formats that ffmpeg and the probe may read, by the names of ffmpeg's demuxers."""

from __future__ import annotations

# Files of cameras, phones, editing programs and recorders. Playlists and scripts (`hls`, `concat`, `dash`) are left
# out: they make ffmpeg read other files and addresses (CVE-2016-1897, CVE-2016-1898).
FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,mpegts,mpeg,avi,flv,mp3,flac,wav,ogg,aac,mxf"
