"""Pages and posts of liveblogs, and the service that stores posts."""
