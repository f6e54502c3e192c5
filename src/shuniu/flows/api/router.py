"""Routes of flows, declared in the files beside this one."""

from shuniu.foundation.http import Routes

router = Routes(tag="flows")
