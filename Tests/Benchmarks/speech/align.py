"""Cuts the translation of a whole recording where the references end, so that it can be scored line by line: the words of
both are aligned by the least edit distance (Matusov et al. 2005, as mwerSegmenter does).

    python align.py REFERENCES.txt TRANSLATION.txt > LINES.txt
"""

import sys

import numpy as np


def main(references_path, translation_path):
    references = [line.split() for line in open(references_path)]
    words = open(translation_path).read().split()
    flat = [word.lower() for line in references for word in line]
    ids = {word: index for index, word in enumerate(set(flat) | {word.lower() for word in words})}
    left = np.array([ids[word] for word in flat])
    right = np.array([ids[word.lower()] for word in words])
    index = np.arange(len(right) + 1)
    row = index.astype(np.int32)
    # 0: both, 1: a reference word without translation, 2: a word of the translation without reference.
    moves = np.full((len(left) + 1, len(right) + 1), 2, np.int8)
    for i, word in enumerate(left):
        both = row[:-1] + (right != word)
        best = np.concatenate([[row[0] + 1], np.minimum(both, row[1:] + 1)])
        new = np.minimum.accumulate(best - index) + index
        move = np.where(np.concatenate([[False], both == new[1:]]), 0, np.where(row + 1 == new, 1, 2))
        moves[i + 1] = move
        row = new.astype(np.int32)
    owner = np.zeros(len(right), int)
    i, j = len(left), len(right)
    while j > 0:
        move = moves[i, j] if i > 0 else 2
        if move == 2:
            owner[j - 1] = max(i - 1, 0)
            j -= 1
        elif move == 1:
            i -= 1
        else:
            owner[j - 1] = i - 1
            i, j = i - 1, j - 1
    line_of = np.repeat(np.arange(len(references)), [len(line) for line in references])
    lines = [[] for _ in references]
    for word, place in zip(words, owner):
        lines[line_of[place]].append(word)
    for line in lines:
        print(" ".join(line))


if __name__ == "__main__":
    main(*sys.argv[1:])
