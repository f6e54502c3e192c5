"""The whole composition on one page: who answers which port, who declares what, who hears which event."""

from types import ModuleType

from shuniu.app.demo import api as demo_api
from shuniu.channels import api as channels_api
from shuniu.channels import deeds as channels_deeds
from shuniu.channels import hub as channels_hub
from shuniu.channels import permissions as channels_permissions
from shuniu.channels import tasks as channels_tasks
from shuniu.commerce import api as commerce_api
from shuniu.commerce import deeds as commerce_deeds
from shuniu.commerce import hub as commerce_hub
from shuniu.commerce import permissions as commerce_permissions
from shuniu.customers import api as customers_api
from shuniu.customers import deeds as customers_deeds
from shuniu.customers import hub as customers_hub
from shuniu.customers import permissions as customers_permissions
from shuniu.flows import api as flows_api
from shuniu.flows import deeds as flows_deeds
from shuniu.flows import hub as flows_hub
from shuniu.flows import permissions as flows_permissions
from shuniu.flows import tasks as flows_tasks
from shuniu.foundation import access, imports, search
from shuniu.foundation.audit import api as audit_api
from shuniu.foundation.audit import permissions as audit_permissions
from shuniu.foundation.audit import words
from shuniu.foundation.files import api as files_api
from shuniu.foundation.http import Routes
from shuniu.foundation.http import tasks as http_tasks
from shuniu.foundation.hub import api as hub_api
from shuniu.foundation.hub import deeds as hub_deeds
from shuniu.foundation.hub import metrics as hub_metrics
from shuniu.foundation.hub import permissions as hub_permissions
from shuniu.foundation.hub import registry
from shuniu.foundation.hub import tasks as hub_tasks
from shuniu.foundation.identity import deeds as identity_deeds
from shuniu.foundation.identity import tasks as identity_tasks
from shuniu.foundation.imports import api as imports_api
from shuniu.foundation.imports import deeds as imports_deeds
from shuniu.foundation.imports import hub as imports_hub
from shuniu.foundation.jobs import api as jobs_api
from shuniu.foundation.jobs import deeds as jobs_deeds
from shuniu.foundation.jobs import permissions as jobs_permissions
from shuniu.foundation.jobs import tasks as jobs_tasks
from shuniu.foundation.live import api as live_api
from shuniu.foundation.search import api as search_api
from shuniu.insights import api as insights_api
from shuniu.insights import hub as insights_hub
from shuniu.insights import permissions as insights_permissions
from shuniu.ledger import api as ledger_api
from shuniu.ledger import deeds as ledger_deeds
from shuniu.ledger import hub as ledger_hub
from shuniu.ledger import permissions as ledger_permissions
from shuniu.ledger import tasks as ledger_tasks
from shuniu.org import api as org_api
from shuniu.org import deeds as org_deeds
from shuniu.org import hub as org_hub
from shuniu.org import permissions as org_permissions
from shuniu.org import tasks as org_tasks
from shuniu.settlement import api as settlement_api
from shuniu.settlement import deeds as settlement_deeds
from shuniu.settlement import hub as settlement_hub
from shuniu.settlement import permissions as settlement_permissions
from shuniu.settlement import tasks as settlement_tasks
from shuniu.work_orders import api as work_orders_api
from shuniu.work_orders import deeds as work_orders_deeds
from shuniu.work_orders import hub as work_orders_hub
from shuniu.work_orders import permissions as work_orders_permissions
from shuniu.work_orders import tasks as work_orders_tasks

PERMISSIONS: tuple[ModuleType, ...] = (
    audit_permissions,
    hub_permissions,
    jobs_permissions,
    org_permissions,
    channels_permissions,
    customers_permissions,
    commerce_permissions,
    ledger_permissions,
    flows_permissions,
    work_orders_permissions,
    settlement_permissions,
    insights_permissions,
)
# each module declares EVENTS, SUBSCRIBERS, FACTS, EFFECTS, SUBJECTS, LOOPS, SEARCH_KINDS, IMPORTERS, SETTINGS and
# NOTICE_KINDS as far as it has them
HUBS: tuple[ModuleType, ...] = (
    http_tasks,
    hub_tasks,
    jobs_tasks,
    identity_tasks,
    imports_hub,
    org_hub,
    org_tasks,
    channels_hub,
    channels_tasks,
    customers_hub,
    commerce_hub,
    ledger_hub,
    ledger_tasks,
    flows_hub,
    flows_tasks,
    work_orders_hub,
    work_orders_tasks,
    settlement_hub,
    insights_hub,
    settlement_tasks,
)
# what the audit log calls the actions and fields that are recorded in it
DEEDS: tuple[ModuleType, ...] = (
    identity_deeds,
    hub_deeds,
    jobs_deeds,
    imports_deeds,
    org_deeds,
    channels_deeds,
    customers_deeds,
    commerce_deeds,
    ledger_deeds,
    flows_deeds,
    work_orders_deeds,
    settlement_deeds,
)
ROUTERS: tuple[Routes, ...] = (
    audit_api.router,
    files_api.router,
    hub_api.router,
    jobs_api.router,
    live_api.router,
    search_api.router,
    imports_api.router,
    org_api.router,
    channels_api.router,
    customers_api.router,
    commerce_api.router,
    ledger_api.router,
    flows_api.router,
    work_orders_api.router,
    insights_api.router,
    demo_api.router,
    settlement_api.router,
)


def wire() -> None:
    """Register everything; safe to call again."""
    hub_metrics.install()
    access.join(org_hub.AUTHORITY)
    for module in PERMISSIONS:
        access.register_permissions(module.PERMISSIONS)
    for module in DEEDS:
        words.declare(module.DEEDS)
    for module in HUBS:
        imports.register_importers(getattr(module, "IMPORTERS", ()))
        search.register_kinds(getattr(module, "SEARCH_KINDS", ()))
        org_hub.register(
            settings=getattr(module, "SETTINGS", ()), notice_kinds=getattr(module, "NOTICE_KINDS", ())
        )
        registry.register(
            events=getattr(module, "EVENTS", ()),
            subscribers=getattr(module, "SUBSCRIBERS", ()),
            facts=getattr(module, "FACTS", ()),
            effects=getattr(module, "EFFECTS", ()),
            subjects=getattr(module, "SUBJECTS", ()),
            loops=getattr(module, "LOOPS", ()),
        )
    # runs may wait for any event of the house, so this one is made when all are declared
    registry.register(subscribers=(flows_hub.listener(tuple(sorted(registry.events))),))
