"""One search over everything people look for by name, number or phone.

Owns the index. Knows no domain: each calls `index` inside its own actions and says, as SQL, which of its subjects somebody may
find. Titles and links come from the Subject registry.
"""

from shuniu.foundation.search.actions import forget, index, load
from shuniu.foundation.search.contracts import SearchDoc, SearchKind
from shuniu.foundation.search.kinds import register_kinds

__all__ = ["SearchDoc", "SearchKind", "forget", "index", "load", "register_kinds"]
