"""Where runs are moved: documents by version, the state under its lock, one statement that writes what changed."""
