"""The demo station: its stories, shows and films, and how its pictures are painted."""
