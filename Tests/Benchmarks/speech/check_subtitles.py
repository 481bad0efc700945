"""Reads SubRip or WebVTT by a parser that is not ours, checks times and layout, and writes the text.

    python check_subtitles.py SUBTITLES.srt TEXT.txt
"""

import sys

import pysubs2


def main(path, text_path):
    cues = [(event.start, event.end, event.plaintext) for event in pysubs2.load(path, encoding="utf-8")]
    faults = [cue for cue in cues if cue[0] >= cue[1] or not cue[2].strip()]
    faults += [later for earlier, later in zip(cues, cues[1:]) if earlier[1] > later[0]]
    lines = [line for cue in cues for line in cue[2].split("\n")]
    faults += [line for line in lines if len(line) > 42] + [cue for cue in cues if cue[2].count("\n") > 1]
    slow = sum(len(cue[2]) / (cue[1] - cue[0]) * 1000 <= 20.5 for cue in cues)
    print(f"{len(cues)} subtitles, {slow / max(1, len(cues)):.1%} within 20 columns a second; {len(faults)} faults")
    with open(text_path, "w") as file:
        file.write("\n".join(line for line in lines) + "\n")
    for fault in faults[:10]:
        print(fault)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main(*sys.argv[1:])
