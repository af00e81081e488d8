"""Cuts three open fonts down to what the tests of other scripts set, with their shaping tables.

usage: make.py AMIRI-REGULAR.ttf NOTO-SANS-HEBREW.ttf DROID-SANS-FALLBACK.ttf
(Debian: fonts-hosny-amiri, fonts-noto-core, fonts-droid-fallback; needs fonttools from PyPI)
"""

import sys

from fontTools import subset, ttLib

SETS = {
    "arabic.ttf": "إدارة التغيير الاختبار القبول الخدمات المصرفية النشر المخاطر بجحخذزسشضطظعغفقكهوىئءؤآ 0123456789()،",
    "hebrew.ttf": "אבגדהוזחטיכךלמםנןסעפףצץקרשת 0123456789",
    "cjk.ttf": "構成管理テスト自動化銀行融資变更发布核心",
}

for (name, text), source in zip(SETS.items(), sys.argv[1:]):
    font = ttLib.TTFont(source)
    options = subset.Options(layout_features=["*"], name_IDs=[0, 1, 2, 13, 14], hinting=False, notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    # A derived font does not go by the name of the one it was cut from.
    for record in font["name"].names:
        if record.nameID == 1:
            record.string = "Gapwise Test " + name.removesuffix(".ttf").capitalize()
    # The same bytes each time.
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(name)
