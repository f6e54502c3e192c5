"""Outside platforms in their own words. Adapters translate; they never see a table."""
