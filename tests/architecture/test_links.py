"""Every link the house gives out leads to a page there is."""

import re
from pathlib import Path

from tests.architecture.house import ROOT

from shuniu.app import wiring
from shuniu.foundation.hub import registry
from shuniu.insights.contracts import METRICS

LINK = re.compile(r"""["'`](/(?:console|m)(?:/[^"'`\s]*)?)["'`]""")
PLACE = re.compile(r"\$?\{[^}]*\}")
# an address another one is made of
OPEN = re.compile(r"/(console|m)/\$?\{.*")
# web/src/app only joins the addresses of the pages
# these rooms name pages that are drawn with them; their own tests open them
INSIDE = ("/console/flow-runs", "/console/settlement/", "/console/ledger/")
SOURCES = (ROOT / "src" / "shuniu", ROOT / "web" / "src" / "domains", ROOT / "web" / "src" / "kit")


def test_every_kind_of_subject_has_its_page() -> None:
    wiring.wire()
    links = {kind: subject.link.format(id=7) for kind, subject in registry.subjects.items()}
    assert {kind: link for kind, link in links.items() if not _leads_somewhere(link)} == {}


def test_every_figure_opens_a_page() -> None:
    assert [metric.link for metric in METRICS if not _leads_somewhere(metric.link)] == []


def test_every_link_written_in_the_sources_leads_to_a_page() -> None:
    lost = [
        f"{path.relative_to(ROOT)}: {link}"
        for folder in SOURCES
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".py", ".ts", ".tsx") and "generated" not in path.parts
        for link in LINK.findall(path.read_text(encoding="utf-8"))
        if not OPEN.fullmatch(link) and not _leads_somewhere(PLACE.sub("7", link))
    ]
    assert lost == []


def _leads_somewhere(link: str) -> bool:
    path = link.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0].rstrip("/")
    return path.startswith(INSIDE) or any(pattern.fullmatch(path) for pattern in _pages())


def _pages() -> list[re.Pattern[str]]:
    """The addresses of the pages, as the domains' route files name them."""
    pages = [re.compile("/console(/help)?"), re.compile("/m")]
    for name, root in (("routes.tsx", "/console"), ("phone.tsx", "/m")):
        for file in (ROOT / "web" / "src" / "domains").glob(f"*/{name}"):
            for path in re.findall(r'path: "([^"]*)"', Path(file).read_text(encoding="utf-8")):
                parts = ["[^/]+" if part.startswith(":") else re.escape(part) for part in path.split("/")]
                pages.append(re.compile("/".join([root, *parts]) if path else root))
    return pages
