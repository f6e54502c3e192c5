"""Dates, times and durations of FEEL: any year up to nine digits, offsets and zones, nanoseconds."""
