"""The demo station: its stories, shows and films, and the drawing of its pictures."""
