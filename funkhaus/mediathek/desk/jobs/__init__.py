"""The page of jobs in the editing interface."""
