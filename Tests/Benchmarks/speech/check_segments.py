"""Checks what `dragoman segment --json --probabilities` says of a long recording.

    python check_segments.py SEGMENTS.json UTTERANCES.jsonl [MIN MAX]

Every stretch of speech is in a segment, no segment is too long, none overlaps another, and none is cut within 50 ms of a
probability above 0.8 where there is a place between the minimum and the maximum length that is lower. Exits with 1 if not.
"""

import json
import sys

import numpy as np


def main(segments_path, utterances_path, shortest, longest):
    report = json.load(open(segments_path))
    segments, probabilities = report["segments"], np.array(report["probabilities"])
    utterances = [json.loads(line) for line in open(utterances_path)]
    faults = []

    def near(time):
        """The greatest probability within 50 ms."""
        return probabilities[max(0, int((time - 0.05) / 0.032)) : int(np.ceil((time + 0.05) / 0.032))].max(initial=0)

    covered = np.zeros(len(probabilities), bool)
    end = 0.0
    hard = 0
    for segment in segments:
        if segment["start"] < end - 1e-9 or segment["end"] - segment["start"] > longest + 1e-6:
            faults.append(f"{segment} overlaps the one before or is too long")
        end = segment["end"]
        covered[int(round(segment["start"] / 0.032)) : int(np.ceil(end / 0.032))] = True
        for time, places in (
            (segment["start"], None), (end, np.arange(segment["start"] + shortest, segment["start"] + longest, 0.032)),
        ):
            if 0 < time < report["seconds"] - 0.05 and near(time) > 0.8:
                hard += 1
                # A beginning is where the one before was cut, or in silence.
                if places is not None and min(near(place) for place in places if place < report["seconds"]) < near(time):
                    faults.append(f"cut in speech at {time:.3f} s")
    for stretch in report["speech"]:
        part = covered[int(round(stretch["start"] / 0.032)) : int(round(stretch["end"] / 0.032))]
        if not part.all():
            faults.append(f"speech at {stretch} is in no segment")
    spoken = np.concatenate([np.arange(int(u["start"] / 0.032) + 1, int(u["end"] / 0.032)) for u in utterances])
    likely = spoken[probabilities[spoken] > 0.5]
    lengths = np.array([s["end"] - s["start"] for s in segments])
    print(
        f"{len(segments)} segments, {lengths.mean():.1f} s on average, {lengths.min():.2f} to {lengths.max():.2f} s; "
        f"{covered[likely].mean():.5f} of the windows with speech, {covered[spoken].mean():.5f} of all of the utterances; "
        f"{hard} boundaries near speech; {len(faults)} faults"
    )
    for fault in faults[:20]:
        print(fault)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *(map(float, sys.argv[3:5]) if len(sys.argv) > 3 else (1.5, 20.0)))
