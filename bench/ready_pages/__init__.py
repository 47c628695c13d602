"""Pages that are kept ready: against file servers, under a crowd, and the memory that they take."""
