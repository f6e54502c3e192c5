"""The demo company 悦居家电服务: made by a seeded generator, loaded through the domains' own actions.

``company`` and ``history`` are pure: the same seed and moment give the same company. ``load`` writes it.
"""
