"""What happens to a story: checks before publication, breaking news, withdrawal."""
