"""What no app can promise alone."""
