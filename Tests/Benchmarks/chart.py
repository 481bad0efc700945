"""Draws the benchmark's picture: a panel of bars for each kind of work, shorter is faster. SVG without dependencies, on a
card of its own, so that it reads the same on light and dark pages."""

from xml.sax.saxutils import escape

WIDTH, MARGIN, NAMES, VALUES = 912, 28, 208, 222
BAR, GAP, PANEL_GAP = 18, 7, 26
COLOURS = {"Hugging Face": "#8a94a6", "CTranslate2": "#d9963a", "Dragoman": "#0f8b8d"}
DARK, SOFT, FAINT = "#1b2430", "#5b6675", "#e8ebf0"
FONT = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif"


def duration(value):
    if value >= 1:
        return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"
    return f"{1000 * value:.0f} ms" if value >= 0.1 else f"{1000 * value:.1f} ms"


class Drawing:
    def __init__(self):
        self.parts = []

    def text(self, x, y, words, size=13, colour=DARK, anchor="start", weight=400, remark=""):
        if remark:
            remark = f'<tspan dx="9" font-size="12" font-weight="400" fill="{SOFT}">{escape(remark)}</tspan>'
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}" '
            f'font-weight="{weight}">{escape(words)}{remark}</text>'
        )

    def bar(self, x, y, width, colour, is_cut):
        self.parts.append(f'<rect x="{x}" y="{y:.1f}" width="{width:.1f}" height="{BAR}" rx="3" fill="{colour}"/>')
        if is_cut:  # two slanting gaps: the bar is longer than there is room for
            for shift in (26, 34):
                left = x + width - shift
                self.parts.append(
                    f'<path d="M{left:.1f} {y + BAR + 1:.1f} l6 -{BAR + 2} h3 l-6 {BAR + 2} z" fill="#ffffff"/>'
                )


def panel(drawing, top, title, sides, key, longest):
    """Draws one kind of work; bars beyond `longest` are cut. Returns where it ends."""
    rows = [side for side in sides if key in side]
    reference = next((side[key]["median"] for side in rows if side["name"] == "Hugging Face float32"), None)
    drawing.text(MARGIN, top + 14, title, size=15, weight=600)
    y = top + 28
    left, room = MARGIN + NAMES, WIDTH - 2 * MARGIN - NAMES - VALUES
    for side in rows:
        value = side[key]["median"]
        colour = COLOURS[side["engine"]]
        width = max(3, room * min(value / longest, 1))
        baseline = y + BAR / 2 + 4.5
        ours = side["engine"] == "Dragoman"
        drawing.text(left - 10, baseline, side["name"], anchor="end", weight=600 if ours else 400)
        drawing.bar(left, y, width, colour, value > longest)
        drawing.text(left + width + 8, baseline, duration(value), weight=600 if ours else 400,
                     remark=remark(side, key, value, reference))  # fmt: skip
        y += BAR + GAP
    drawing.parts.append(
        f'<line x1="{left - 0.5}" y1="{top + 24:.1f}" x2="{left - 0.5}" y2="{y - GAP + 4:.1f}" stroke="{SOFT}"/>'
    )
    return y + PANEL_GAP


def remark(side, key, value, reference):
    words = []
    if reference and side["name"] != "Hugging Face float32":
        ratio = reference / value
        words.append(f"{ratio:.1f} ×" if ratio >= 1 else f"{ratio:.2f} ×")
    if key == "step" and "bandwidth_share" in side:
        words.append(f"{100 * side['bandwidth_share']['median']:.0f}% of bandwidth")
    return ", ".join(words)


def svg(report, captions):
    drawing = Drawing()
    drawing.text(MARGIN, 42, "Speech translation with XLS-R 300M on a CPU", size=20, weight=700)
    drawing.text(
        MARGIN, 64,
        f"Medians of {report['rounds']}, by turns in one run. Shorter is faster; × is against Hugging Face in float32.",
        colour=SOFT,
    )  # fmt: skip
    y = 92
    work = [
        (f"Encoder, {report['clip_seconds']:.0f} s of sound", "encode"),
        (f"One step of the decoder, {report['beams']} beams", "step"),
        (f"Whole utterance, {report['clip_seconds']:.0f} s and {report['tokens']} tokens, {report['beams']} beams",
         "utterance"),
    ]  # fmt: skip
    for title, key in work:
        sides = [side for side in report["sides"] if key in side]
        if not sides:
            continue
        # What lacks the instructions it was made for may take twenty times as long: its bar is cut.
        values = sorted(side[key]["median"] for side in sides)
        reference = sides[0][key]["median"]
        longest = values[-1] if values[-1] <= 2 * reference else 1.25 * reference
        y = panel(drawing, y, title, report["sides"], key, longest)
    y -= 6
    drawing.parts.append(f'<line x1="{MARGIN}" y1="{y}" x2="{WIDTH - MARGIN}" y2="{y}" stroke="{FAINT}"/>')
    for caption in captions:
        y += 20
        drawing.text(MARGIN, y, caption, size=11.5, colour=SOFT)
    height = y + 24
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:.0f}" '
        f'viewBox="0 0 {WIDTH} {height:.0f}" font-family="{FONT}" role="img" '
        'aria-label="Times of Hugging Face, CTranslate2 and Dragoman">',
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1:.0f}" rx="10" fill="#ffffff" stroke="#d5dae2"/>',
        *drawing.parts,
        "</svg>",
        "",
    ])  # fmt: skip
