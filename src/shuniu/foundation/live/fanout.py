"""Who gets to hear of what: streams by the keys that feed them, and the last changes for those who come back."""

import asyncio
import json
from collections import OrderedDict, deque
from collections.abc import Iterable
from datetime import datetime

from shuniu.foundation.live.contracts import Change, Grant, Topics

# Who was away for longer is told that everything may have changed.
KEPT_CHANGES = 5_000
# News of one subject replace older news of it; whoever still has this many unread is too slow and starts anew.
UNREAD_MAX = 1_000


class Stream:
    """One browser. News wait here until they are sent; the same news again take the place of the older ones."""

    __slots__ = ("_unread", "_woken", "expires_at", "overrun", "topics")

    def __init__(self, topics: Topics, expires_at: datetime) -> None:
        self.topics = topics
        self.expires_at = expires_at
        self.overrun = False
        self._unread: OrderedDict[tuple[str, int], int] = OrderedDict()
        self._woken = asyncio.Event()

    def tell(self, topic: str, subject_id: int, position: int) -> None:
        """Something under the topic has changed; subject 0 = anything may have."""
        key = (topic, subject_id)
        if key not in self._unread and len(self._unread) >= UNREAD_MAX:
            self.overrun = True
        else:
            self._unread[key] = position
            self._unread.move_to_end(key)
        self._woken.set()

    def close(self) -> None:
        """End the stream; the browser comes back by itself."""
        self.overrun = True
        self._woken.set()

    async def news(self, seconds: float) -> str:
        """The unread news as server-sent events; empty when there were none for so long."""
        if not self._woken.is_set():
            try:
                await asyncio.wait_for(self._woken.wait(), seconds)
            except TimeoutError:
                return ""
        self._woken.clear()
        unread, self._unread = self._unread, OrderedDict()
        return "".join(
            _message(topic, subject_id, position) for (topic, subject_id), position in unread.items()
        )


class Fanout:
    """All streams of this process. Everything happens on one event loop, so nothing is locked."""

    def __init__(self) -> None:
        self.position = 0
        self.streams: set[Stream] = set()
        self._by_key: dict[str, set[Stream]] = {}
        # the changes after position `_since`, without a gap
        self._kept: deque[Change] = deque()
        self._since = 0

    def join(self, grant: Grant, after: int) -> Stream:
        """A stream that hears of everything after that position, or that it missed too much."""
        stream = Stream(grant.topics, grant.expires_at)
        self.streams.add(stream)
        for key in grant.topics:
            self._by_key.setdefault(key, set()).add(stream)
        if after < self.position:
            self._catch_up(stream, after)
        return stream

    def leave(self, stream: Stream) -> None:
        """Forget a stream."""
        self.streams.discard(stream)
        for key in stream.topics:
            listeners = self._by_key.get(key)
            if listeners is not None:
                listeners.discard(stream)
                if not listeners:
                    del self._by_key[key]

    def take(self, changes: Iterable[Change]) -> None:
        """Tell everyone concerned, in feed order."""
        for change in changes:
            self.position = change.position
            self._keep(change)
            for key in change.keys:
                for stream in self._by_key.get(key, ()):
                    for topic in stream.topics[key]:
                        stream.tell(topic, change.id, change.position)

    def start_at(self, position: int, kept: Iterable[Change]) -> None:
        """Begin with what is in the feed already; nobody is told."""
        self._kept.extend(kept)
        self._since = self._kept[0].position - 1 if self._kept else position
        self.position = position

    def close(self) -> None:
        """End all streams."""
        for stream in self.streams:
            stream.close()

    def _keep(self, change: Change) -> None:
        self._kept.append(change)
        if len(self._kept) > KEPT_CHANGES:
            self._since = self._kept.popleft().position

    def _catch_up(self, stream: Stream, after: int) -> None:
        if after < self._since:
            for topic in {topic for fed in stream.topics.values() for topic in fed}:
                stream.tell(topic, 0, self.position)
            return
        for change in self._kept:
            if change.position > after:
                for key in change.keys:
                    for topic in stream.topics.get(key, ()):
                        stream.tell(topic, change.id, change.position)


def _message(topic: str, subject_id: int, position: int) -> str:
    told = {"topic": topic, "position": position}
    if subject_id:
        told["id"] = subject_id
    return f"id: {position}\nevent: change\ndata: {json.dumps(told)}\n\n"
