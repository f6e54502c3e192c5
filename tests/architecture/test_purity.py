"""When and by chance are arguments: the engines, the writes and the reads ask no clock, no dice, no settings."""

import pytest
from tests.architecture.house import House, Source

CLOCKS = frozenset({"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now",
                    "datetime.date.today", "timezone.now", "time.time", "time.monotonic"})  # fmt: skip
CHANCE = frozenset({"random", "secrets", "uuid.uuid4", "uuid.uuid1", "os.urandom"})
SURROUNDINGS = frozenset({"django.conf.settings", "shuniu.foundation.clock", "os.environ", "os.getenv"})


def pure(house: House) -> list[Source]:
    return [
        source for source in house.sources if source.domain == "core" or source.in_room("actions", "queries")
    ]


def test_no_clock_is_read(house: House) -> None:
    read = [
        f"{source.name}: {name}()" for source in pure(house) for name, _ in source.calls() if name in CLOCKS
    ]
    assert read == []


@pytest.mark.parametrize("forbidden", [CHANCE, SURROUNDINGS], ids=["chance", "surroundings"])
def test_neither_chance_nor_surroundings_are_imported(house: House, forbidden: frozenset[str]) -> None:
    imported = [
        f"{source.name} imports {name}"
        for source in pure(house)
        # the foundation is where the surroundings come in
        if source.domain != "foundation" and not (source.in_room("queries") and forbidden is CHANCE)
        for name in source.imports()
        if name in forbidden or any(name.startswith(f"{prefix}.") for prefix in forbidden)
    ]
    assert imported == []


def test_the_engines_open_no_files_and_print_nothing(house: House) -> None:
    """Their command lines (``__main__``) do it for them."""
    opened = [
        f"{source.name}: {name}()"
        for source in house.sources
        if source.domain == "core" and source.rooms[-1] != "__main__"
        for name, _ in source.calls()
        if name in {"open", "print", "input"} or name.endswith((".read_text", ".read_bytes", ".write_text"))
    ]
    assert opened == []


def test_every_action_is_called_by_keyword(house: House) -> None:
    """An action says by whom; what says so takes nothing by position."""
    loose = [
        f"{source.name}: {function.name}"
        for source in house.sources
        if source.in_room("actions") and source.domain in house.domains
        for function in source.functions()
        if not function.name.startswith("_")
        and "by" in {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
        and function.args.args
    ]
    assert loose == []


def test_no_behaviour_hangs_on_signals(house: House) -> None:
    hidden = [
        f"{source.name} imports {name}"
        for source in house.sources
        for name in source.imports()
        if name.startswith(("django.dispatch", "django.db.models.signals"))
    ]
    assert hidden == []
