"""事例: three finished reviews to open and walk through."""

from ui import cases

cases.draw()
