"""Kill -9 and a full disk at random moments, while files are uploaded and prepared."""
