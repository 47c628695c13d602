"""Lists of stories: ranges of one index, and who may see what stands in them."""
