"""Stand-ins for WeCom and the shops that speak their real protocols, for the demo and for tests.

Everything lives in memory. Knows nothing of the product but its address: they meet over HTTP only.
"""

DEFAULT_PRODUCT = "http://localhost:8000"
