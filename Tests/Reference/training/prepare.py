#!/usr/bin/env python
"""Stage 1: the target vocabulary, phonemes of the known source texts, and synthetic recordings by espeak-ng.

usage: prepare.py
"""

import json
import random
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import sentencepiece
import soxr

from data import LANGUAGES, WORK, manifest, read_texts, spoken_text

VOICES = {"es": "es-419", "fr": "fr-fr", "it": "it", "ru": "ru"}
SPEAKER_VARIANTS = [*"+m1 +m2 +m3 +m4 +m6 +m7 +f1 +f2 +f3 +f4 +f5 +klatt2 +klatt4".split(), ""]
RECORDINGS_PER_TEXT = 2


def train_vocabulary(texts):
    (WORK / "english.txt").write_text("\n".join(texts) + "\n", encoding="utf-8")
    sentencepiece.SentencePieceTrainer.train(
        input=str(WORK / "english.txt"), model_prefix=str(WORK / "sentencepiece.bpe"), model_type="unigram",
        vocab_size=800, character_coverage=1.0, hard_vocab_limit=False, num_threads=1, minloglevel=2,
    )  # fmt: skip


def phonemes(pair):
    language, text = pair
    command = ["espeak-ng", "-q", "--ipa=1", "-v", VOICES[language], text]
    result = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    result = re.sub(r"\([a-z-]+\)", "", result)  # changes of language
    result = re.sub("[ˈˌːˑ_\u0361\u200d.]", "", result)  # stress, length, ties
    return re.sub(r"\s+", " ", result).strip()


def texts_to_speak(rows, english):
    """(language, source text, English) of every prompt whose source text is known, those of devB left out."""
    unheard = {(row["lang"], row["key"]) for row in rows if row["split"] == "devB"}
    result = []
    for language in LANGUAGES:
        for key, text in read_texts(language).items():
            spoken = spoken_text(text)
            skip = "phonetic/" in key or key == "demo-moreinfo" or ("conf-" in key and "menu" in key)
            if spoken and key in english and not skip and len(spoken) <= 110 and (language, key) not in unheard:
                target = "Zero" if (language, key) == ("it", "digits/oh") else english[key]
                result.append((language, key, spoken, target))
    return result


def synthesise(job):
    """One synthetic recording as 16 kHz int16, two in three of them through a telephone band; None if it failed."""
    index, language, text, variant, speed, pitch = job
    voice = ("es" if language == "es" and index % 2 else VOICES[language]) + variant
    command = ["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "--stdout", text]
    wave = subprocess.run(command, capture_output=True).stdout[44:]
    samples = np.frombuffer(wave[: len(wave) // 2 * 2], np.int16).astype(np.float32) / 32768
    if len(samples) < 2000:
        return None
    samples = soxr.resample(samples, 22050, 16000)
    if index % 3:
        samples = soxr.resample(soxr.resample(samples, 16000, 8000), 8000, 16000)
    (loud,) = np.where(np.abs(samples) > 0.01 * np.abs(samples).max())
    samples = samples[max(0, loud[0] - 1000) : loud[-1] + 1000]
    return (samples / max(1e-6, np.abs(samples).max()) * 30000).astype(np.int16)


def write(name, value):
    (WORK / name).write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def main():
    generator = random.Random(5)
    WORK.mkdir(parents=True, exist_ok=True)
    rows, english = manifest()
    train_vocabulary(sorted({*english.values(), *(row["en"] for row in rows)}))

    texts = texts_to_speak(rows, english)
    pairs = {(row["lang"], row["src"]) for row in rows if row["src"]}
    pairs = sorted(pairs | {(language, spoken) for language, _, spoken, _ in texts})
    with ThreadPoolExecutor(2) as pool:
        spelled = dict(zip(pairs, pool.map(phonemes, pairs)))
    symbols = sorted({symbol for text in spelled.values() for symbol in text})
    table = [[language, text, result] for (language, text), result in spelled.items()]
    write("phonemes.json", {"symbols": symbols, "texts": table})
    print(f"{len(spelled)} texts in {len(symbols)} phonemes")

    texts = [text for text in texts for _ in range(RECORDINGS_PER_TEXT)]
    jobs = [
        (
            index,
            language,
            spoken,
            generator.choice(SPEAKER_VARIANTS),
            generator.randint(125, 185),
            generator.randint(25, 75),
        )
        for index, (language, _, spoken, _) in enumerate(texts)
    ]
    with ThreadPoolExecutor(2) as pool:
        recordings = list(pool.map(synthesise, jobs))
    kept = [(text, wave) for text, wave in zip(texts, recordings) if wave is not None and len(wave) < 8 * 16000]
    np.savez(WORK / "synthetic.npz", **{str(index): wave for index, (_, wave) in enumerate(kept)})
    fields = ("lang", "key", "src", "en")
    write("synthetic.json", [dict(zip(fields, text)) for text, _ in kept])
    print(f"{len(kept)} synthetic recordings, {sum(len(wave) for _, wave in kept) / 16000 / 60:.0f} minutes")


if __name__ == "__main__":
    main()
