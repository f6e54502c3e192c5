"""Parties of an input and beneficiaries of a bucket, written "staff:12" in plans and facts."""

from shuniu.foundation.hub import Ref


def party_of(text: str) -> Ref:
    kind, _, id_ = text.rpartition(":")
    return Ref(kind, int(id_))
