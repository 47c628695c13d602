"""Measures what one request costs, against the budgets of the house plan."""
