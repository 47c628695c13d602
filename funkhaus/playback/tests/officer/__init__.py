"""Tests of what the officer decides."""
