"""Which changes of the database readers can see, so that kept pages are dropped when one happens."""
