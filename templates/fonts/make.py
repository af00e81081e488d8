#!/usr/bin/env python3
"""Makes the fonts in this folder from Inter. For maintainers; building the program never runs it.

    pip install fonttools==4.68.0
    apt-get install fonts-inter          # Inter 3.19, SIL Open Font License 1.1
    python3 templates/fonts/make.py [FOLDER OF Inter-Regular.otf AND Inter-SemiBold.otf]

What it changes, and why:

* Digits point to the glyphs of the `tnum` feature. Numbers then stand in columns on the page, on paper and in charts
  without any feature switch, and text is measured by plain advance widths.
* Only the scripts named in RANGES stay, only the features in FEATURES, no hints: the fonts travel in every report.
* The family is called "Gapwise Sans", because it is not Inter any more. Copyright, trademark and licence stay.

The same input gives the same bytes: no clock is read.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

FAMILY = "Gapwise Sans"
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl"]

SIGNS = (
    list(range(0x2010, 0x2028))  # dashes, quotation marks, bullet, ellipsis
    + [0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2116, 0x2122]
    + list(range(0x2190, 0x219A))  # arrows
    + [0x2206, 0x2211, 0x2212, 0x2215, 0x221A, 0x221E, 0x2248, 0x2260, 0x2264, 0x2265]  # mathematics
    + [0x25A0, 0x25A1, 0x25B2, 0x25BC, 0x25C6, 0x25C7, 0x25CB, 0x25CF, 0x2713, 0x2717]  # marks
)
LATIN_1 = list(range(0x20, 0x7F)) + list(range(0xA0, 0x100))

# For paper, which has no other font for these scripts. Of these a page carries the letters it shows.
RANGES = (
    LATIN_1
    + list(range(0x100, 0x250))  # Latin Extended-A and B
    + list(range(0x2B0, 0x370))  # modifiers, combining marks
    + list(range(0x370, 0x400))  # Greek
    + list(range(0x400, 0x530))  # Cyrillic
    + list(range(0x1E00, 0x1F00))  # Latin Extended Additional (Vietnamese)
    + list(range(0x20A0, 0x20C0))  # currencies
    + SIGNS
)

STYLES = {"regular": "Regular", "semibold": "SemiBold"}


def tabular_digits(font):
    """Points the digits to the glyphs that the `tnum` feature puts in their place."""
    gsub = font["GSUB"].table
    lookups = {i for r in gsub.FeatureList.FeatureRecord if r.FeatureTag == "tnum" for i in r.Feature.LookupListIndex}
    swap = {}
    for index in sorted(lookups):
        for table in gsub.LookupList.Lookup[index].SubTable:
            swap.update(getattr(table, "ExtSubTable", table).mapping)
    for cmap in font["cmap"].tables:
        if not cmap.isUnicode():
            continue
        for code in range(ord("0"), ord("9") + 1):
            cmap.cmap[code] = swap.get(cmap.cmap[code], cmap.cmap[code])
    digits = [font.getBestCmap()[code] for code in range(ord("0"), ord("9") + 1)]
    width = max(font["hmtx"][glyph][0] for glyph in digits)
    for glyph in digits:
        set_width(font, glyph, width)


def set_width(font, glyph, width):
    """Sets an advance, in the outline too: one semibold digit of Inter 3.19 is three units short of the others."""
    if font["hmtx"][glyph][0] == width:
        return
    pen = T2CharStringPen(width, None)
    font.getGlyphSet()[glyph].draw(pen)
    outlines = font["CFF "].cff.topDictIndex[0].CharStrings
    old = outlines[glyph]
    outlines[glyph] = pen.getCharString(old.private, old.globalSubrs)
    font["hmtx"][glyph] = (width, font["hmtx"][glyph][1])


def rename(font, style):
    """Gives the font its own name and leaves copyright, trademark and licence as they are."""
    post_script = FAMILY.replace(" ", "") + "-" + style
    basic = style == "Regular"
    names = {
        1: FAMILY if basic else f"{FAMILY} {style}",
        2: "Regular",
        3: f"{post_script}; made from Inter",
        4: f"{FAMILY} {style}",
        6: post_script,
        16: None if basic else FAMILY,
        17: None if basic else style,
    }
    table = font["name"]
    table.names = [n for n in table.names if n.platformID == 3 and n.nameID in (0, 5, 7, 8, 9, 11, 12, 13, 14)]
    for name_id, text in names.items():
        if text:
            table.setName(text, name_id, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [post_script]
    top = cff.topDictIndex[0]
    top.FamilyName, top.FullName = FAMILY, f"{FAMILY} {style}"


def cut(source, style, codes, target):
    """Writes the subset of `source` that holds `codes` to `target`."""
    font = TTFont(source, recalcTimestamp=False)
    tabular_digits(font)
    options = subset.Options()
    options.layout_features = FEATURES
    options.name_IDs = ["*"]
    options.name_legacy = False
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += ["DSIG"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    rename(font, style)
    font.save(target)
    print(f"{target.name}: {len(font.getGlyphOrder())} glyphs, {target.stat().st_size} bytes")


def main():
    source = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts/opentype/inter")
    here = Path(__file__).resolve().parent
    for name, style in STYLES.items():
        face = source / f"Inter-{style}.otf"
        cut(face, style, RANGES, here / f"gapwise-{name}.otf")


if __name__ == "__main__":
    main()
