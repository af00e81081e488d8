"""Writes many small workbooks, one a team, for a try of fleet.py: python generate.py FOLDER COUNT"""

import random
import sys
from pathlib import Path

from openpyxl import Workbook

AREAS = ["Build", "Deployment", "Release", "Testing", "Data", "Configuration"]


def write(path, seed):
    """A workbook of sixty ratings on 0 to 5; one in twenty is left blank."""
    draw = random.Random(seed)
    book = Workbook()
    sheet = book.active
    sheet.title = "Assessment"
    sheet.append(["Application", "Area", "Current level (0-5)", "Target level", "Weight"])
    for application in range(10):
        for area in AREAS:
            now = draw.randint(0, 4)
            level = None if draw.random() < 0.05 else now
            sheet.append([f"Application {application + 1}", area, level, min(5, now + draw.randint(0, 2)), draw.randint(1, 5)])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


if __name__ == "__main__":
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    for number in range(count):
        write(folder / f"unit-{number // 100:02d}" / f"team-{number:04d}.xlsx", number)
