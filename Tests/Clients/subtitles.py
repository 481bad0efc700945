"""Reads subtitles as others do: prints what pysubs2 (SubRip) or webvtt-py (WebVTT) finds in a file, as JSON.

    python subtitles.py FILE.srt|FILE.vtt
"""

import json
import sys


def main(path):
    if path.endswith(".srt"):
        import pysubs2

        cues = [(event.start, event.end, event.plaintext) for event in pysubs2.load(path, encoding="utf-8")]
    else:
        import webvtt

        cues = [(milliseconds(cue.start), milliseconds(cue.end), cue.text) for cue in webvtt.read(path)]
    print(json.dumps([{"start": start, "end": end, "text": text} for start, end, text in cues]))


def milliseconds(time):
    hours, minutes, seconds = time.split(":")
    return (int(hours) * 60 + int(minutes)) * 60000 + round(float(seconds) * 1000)


if __name__ == "__main__":
    main(sys.argv[1])
