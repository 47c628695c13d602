"""Pages of one video: its data, its transcript, its machine labels."""
