"""Where pages get their tickets."""

from pydantic import BaseModel, Field

from shuniu.foundation.access import SIGNED_IN
from shuniu.foundation.http import Request, Routes
from shuniu.foundation.live import tickets
from shuniu.foundation.live.contracts import Ticket
from shuniu.foundation.live.topics import TOPICS_MAX

router = Routes(tag="live")


class TicketIn(BaseModel):
    """``work_order:5``, ``work_order@3``, ``work_order@*``, ``staff:12``."""

    topics: list[str] = Field(min_length=1, max_length=TOPICS_MAX)


# a ticket changes nothing, so asking twice needs no key
@router.post("/live/tickets", permission=SIGNED_IN, response=Ticket, idempotent=False)
def make_ticket(request: Request, body: TicketIn) -> Ticket:
    """A ticket for those of the topics that the asker may follow."""
    return tickets.make_for_actor(body.topics, request=request)
