"""根拠: the guideline cards, to browse and search."""

from ui import grounds

grounds.draw()
