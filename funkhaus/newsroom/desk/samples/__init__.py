"""The page that shows a sample of every block."""
