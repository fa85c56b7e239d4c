"""このシステムについて: how data is handled, versions and limits."""

from ui import about

about.draw()
