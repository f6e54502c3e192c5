"""Stand-ins for WeCom and the shops that speak their real protocols, for the demo and for tests."""
