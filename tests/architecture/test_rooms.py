"""Every domain has the same rooms, and only those."""

from tests.architecture.house import PRODUCT, House

ROOMS = frozenset(
    "contracts models adapters permissions queries actions hub tasks api migrations apps".split()  # noqa: SIM905
)
NAMELESS = frozenset(
    {"utils", "util", "helpers", "helper", "common", "services", "managers", "misc", "shared"}
)


def test_a_domain_holds_the_known_rooms_and_its_own_named_files(house: House) -> None:
    """A file beside the rooms is a private piece of its domain; nobody else imports it (see below)."""
    strangers = [
        f"{source.name} imports {name}"
        for source in house.sources
        for name in source.imports()
        if (parts := name.split("."))[0] == "shuniu"
        and len(parts) > 2
        and parts[1] in house.domains
        and parts[1] != source.domain
        and parts[2] not in _doors(source.domain)
    ]
    assert strangers == []


def test_nothing_is_called_by_a_name_that_says_nothing(house: House) -> None:
    nameless = [
        str(path.relative_to(PRODUCT))
        for path in PRODUCT.rglob("*")
        if path.stem in NAMELESS and "pages" not in path.parts and "__pycache__" not in path.parts
    ]
    assert nameless == []


def test_every_domain_says_in_prose_what_it_owns(house: House) -> None:
    silent = [
        domain
        for domain in house.floors
        if (PRODUCT / domain / "__init__.py").is_file()
        and not (PRODUCT / domain / "__init__.py").read_text(encoding="utf-8").startswith('"""')
    ]
    assert silent == []


def test_no_init_file_holds_logic_in_a_domain(house: House) -> None:
    busy = [
        source.name
        for source in house.sources
        if source.domain in house.domains and source.rooms == ("__init__",) and any(source.functions())
    ]
    assert busy == []


def _doors(domain: str) -> frozenset[str]:
    if domain == "app":
        plugged_in = {"permissions", "deeds", "hub", "tasks", "api", "apps", "settings"}
        return frozenset({"contracts", "queries", "actions", *plugged_in})
    return frozenset({"contracts", "queries", "actions"})
