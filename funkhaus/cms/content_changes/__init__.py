"""Notes the changes of the database that readers can see, so that kept pages are dropped when one happens."""
