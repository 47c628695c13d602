"""Tests of the kids area."""
