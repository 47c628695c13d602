"""What set-up and upkeep run."""
