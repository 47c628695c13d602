"""A reader of TTML: EBU-TT, EBU-TT-D, Basic-DE, IMSC 1 text."""
