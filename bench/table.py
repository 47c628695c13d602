"""Rows of the table that the bench prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measured figure beside its budget. `budget` None: no budget yet; `is_floor`: more is better."""

    what: str
    figure: float | None
    unit: str
    budget: float | None = None
    is_floor: bool = False
    note: str = ""

    @property
    def verdict(self) -> str:
        """`ok`, `OVER`, `UNDER`, `-` (no budget) or `not measured`."""
        if self.figure is None:
            return "not measured"
        if self.budget is None:
            return "-"
        if self.is_floor:
            return "ok" if self.figure >= self.budget else "UNDER"
        return "ok" if self.figure <= self.budget else "OVER"


def format_figure(row: Row) -> str:
    """The figure with its unit; nothing where nothing was measured."""
    return "" if row.figure is None else f"{row.figure:,.2f}".rstrip("0").rstrip(".") + f" {row.unit}".rstrip()


def format_rows(rows: list[Row]) -> str:
    """The table as text."""
    lines = [f"{'what':<52} {'figure':>12} {'budget':>14}  verdict", "-" * 96]
    for row in rows:
        figure = "" if row.figure is None else f"{row.figure:,.2f}".rstrip("0").rstrip(".")
        sign = "≥" if row.is_floor else "≤"
        budget = "" if row.budget is None else f"{sign} {row.budget:,g}"
        note = f"  ({row.note})" if row.note else ""
        lines.append(f"{row.what:<52} {figure:>9} {row.unit:<5} {budget:>10}  {row.verdict}{note}")
    return "\n".join(lines)
