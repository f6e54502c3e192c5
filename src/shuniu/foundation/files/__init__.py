"""Uploaded and made files: typed by their content, bounded, stored once by content hash.

It knows subjects only by reference; who may see a file is asked of its subject, or of its uploader.
"""
