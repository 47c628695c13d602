"""A folder to watch: what is laid into it becomes a draft."""
