"""Files of pictures: checked before they are decoded, and decoded in a process of their own where they are large."""
