"""Who did what, when, with before and after; reads of sensitive data too. Rows are only ever added."""
