"""Lists of stories, each a range of one index, filtered by what the public may see."""
