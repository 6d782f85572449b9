"""Runs that meet: two at once, one that is late, one that is cancelled."""

from __future__ import annotations

RACES = ()
