"""The watched folder, whose files become drafts."""
