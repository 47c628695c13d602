"""What the youth-protection officer sees in the editing pages: who could have played what, when, and why."""
