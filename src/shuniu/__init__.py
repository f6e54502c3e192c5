"""Shuniu 枢纽: a self-hosted SCRM over WeCom. The folder tree is the story; see ARCHITECTURE.md."""
