"""The page of GB/T 9704-2012: A4, a block of 156 × 225 mm, 22 lines of 28 signs of 三号 (16 pt).

Twips are twentieths of a point. 225 mm / 22 is 579.8 of them: 580 would push the last line out of the block. 28 signs
of 16 pt are 158 mm, so that each is drawn closer by 0.21 pt; Word counts in twips, and 4 leave 0.07 mm too much.
"""

TOP, LEFT, RIGHT, BOTTOM = 37, 28, 26, 35  # mm
WIDTH, HEIGHT = 156, 225  # mm
LINES, SIGNS = 22, 28
PITCH = 579  # twips of a line
CLOSER = -5  # twips between signs
PAGE_NUMBER = 7  # mm from the block down to the dash beside the page's number
TITLE, BODY, FOOT, CELL = 22, 16, 14, 12  # pt: 二号, 三号, 四号, 小四


def twips(mm: float) -> int:
    """Millimetres as whole twips."""
    return round(mm / 25.4 * 1440)


SIGN = WIDTH / SIGNS  # mm of one sign
