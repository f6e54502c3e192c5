"""Registries of what other domains declare for org: settings and kinds of notice. Filled by app/wiring.py."""

from collections.abc import Iterable

from shuniu.org.contracts import NoticeKind, Setting, SettingUnknown

_settings: dict[str, Setting] = {}
_notice_kinds: dict[str, NoticeKind] = {}


def register(*, settings: Iterable[Setting] = (), notice_kinds: Iterable[NoticeKind] = ()) -> None:
    """Make declarations known; the same key with another meaning is a mistake in the house."""
    for setting in settings:
        if _settings.setdefault(setting.key, setting) != setting:
            raise ValueError(f"setting {setting.key} is declared twice")
    for kind in notice_kinds:
        if _notice_kinds.setdefault(kind.key, kind) != kind:
            raise ValueError(f"notice kind {kind.key} is declared twice")


def setting(key: str) -> Setting:
    """The declaration; SettingUnknown."""
    found = _settings.get(key)
    if found is None:
        raise SettingUnknown(value=key)
    return found


def all_settings() -> tuple[Setting, ...]:
    """Every declared setting, by group in order of declaration."""
    return tuple(_settings.values())


def all_notice_kinds() -> tuple[NoticeKind, ...]:
    """Every declared kind of notice."""
    return tuple(_notice_kinds.values())
