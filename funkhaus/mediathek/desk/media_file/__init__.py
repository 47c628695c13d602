"""Pages of the desk about one media file: state, preview, subtitles, versions, poster."""
