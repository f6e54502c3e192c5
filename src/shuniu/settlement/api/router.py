"""The one router of this domain; its routes are declared by subject in the modules beside it."""

from shuniu.foundation.http import Routes

router = Routes(tag="settlement")
