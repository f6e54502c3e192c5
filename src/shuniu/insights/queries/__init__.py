"""Reads of the boards, within the units the asker may see."""

from shuniu.insights.queries.boards import by_unit, figures, node_stays, series
from shuniu.insights.queries.variants import compare_results

__all__ = ["by_unit", "compare_results", "figures", "node_stays", "series"]
