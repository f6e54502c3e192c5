"""What every domain stands on: identity, access, audit, the hub, jobs, HTTP, files, live updates, the clock."""
