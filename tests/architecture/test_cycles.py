"""No module needs itself to be imported: there is no import cycle anywhere, not even inside a domain."""

import grimp


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = grimp.build_graph("shuniu", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert _circles(imports) == []


def _circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Take away what imports nothing that is left, again and again; what stays leads into a circle."""
    left = {module: set(others) for module, others in imports.items()}
    while free := [module for module, others in left.items() if not others & left.keys()]:
        for module in free:
            del left[module]
    while free := [module for module in left if not any(module in others for others in left.values())]:
        for module in free:
            del left[module]
    return [sorted(left)] if left else []
