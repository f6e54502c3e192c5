"""What insights hears."""

from shuniu.foundation.hub import Subscriber
from shuniu.insights import actions

SUBSCRIBERS = (Subscriber(name="insights.daily", events=actions.COUNTED, handle=actions.count, batch=1000),)
