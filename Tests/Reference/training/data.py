"""The recordings, their English texts, and how both are read and split."""

import gzip
import hashlib
import os
import re
from pathlib import Path

import numpy as np
import soundfile
import soxr

SOUNDS = Path(os.environ.get("ASTERISK_SOUNDS", "/usr/share/asterisk/sounds"))
TEXTS = Path(os.environ.get("ASTERISK_TEXTS", "/usr/share/doc"))  # has asterisk-core-sounds-XX/core-sounds-XX.txt.gz
WORK = Path(os.environ.get("WORK", "work"))

LANGUAGES = ("es", "fr", "it", "ru")
# Folder of a speaker: name in the samples, language, and whether the wording of the language's own texts was spoken.
SPEAKERS = {
    "es_MX_f_Allison": ("allison", "es", True),
    "fr_CA_f_June": ("june", "fr", True),
    "fr": ("armelle", "fr", False),
    "it_IT_m_Carlo": ("carlo", "it", True),
    "it_IT_f_Menardi": ("menardi", "it", False),
    "ru_RU_f_IvrvoiceRU": ("ivrvoice", "ru", True),
}
LANGUAGE_CODES = (
    "ar_AR cs_CZ de_DE en_XX es_XX et_EE fi_FI fr_XX gu_IN hi_IN it_IT ja_XX kk_KZ ko_KR lt_LT lv_LV my_MM ne_NP "
    "nl_XX ro_RO ru_RU si_LK tr_TR vi_VN zh_CN af_ZA az_AZ bn_IN fa_IR he_IL hr_HR id_ID ka_GE km_KH mk_MK ml_IN "
    "mn_MN mr_IN pl_PL ps_AF pt_XX sv_SE sw_KE ta_IN te_IN th_TH tl_XX uk_UA ur_PK xh_ZA gl_ES sl_SI"
).split()

DIGITS = "zero one two three four five six seven eight nine".split()
TENS = dict(zip(range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split()))
# Prompts that exist in other languages only.
OTHER_PROMPTS = {
    "digits/and": "and", "digits/et": "and", "digits/e": "and", "digits/100-and": "one hundred",
    "digits/afternoon": "in the afternoon", "vm-youhaveno": "you have no", "digits/millions": "millions",
    "millions": "millions", "dollars": "dollars", "vm-Olds": "old", "vm-INBOXs": "new", "vm-vecchio": "old",
    "vm-vecchi": "old", "vm-nuovo": "new", "vm-nuovi": "new", "digits/thousands": "thousands", "digits/hours": "hours",
    "digits/minutes": "minutes", "digits/euros": "euros", "digits/ore-mezzanotte": "midnight",
    "digits/ore-2000": "two thousand", "digits/un": "one", "digits/1F": "one", "digits/1M": "one", "digits/1n": "one",
    "digits/2n": "two", "vm-messagex1": "messages", "vm-messagex2": "messages", "vm-oldx": "old", "vm-oldn": "old",
    "vm-newx": "new", "vm-newn": "new",
}  # fmt: skip
OTHER_PROMPTS |= {
    f"digits/{ten + unit}": f"{word}-{DIGITS[unit]}" for ten, word in TENS.items() for unit in range(1, 10)
}
OTHER_PROMPTS |= {f"digits/{hundred}00": f"{DIGITS[hundred]} hundred" for hundred in range(2, 10)}
CORRECTIONS = [
    ("represenatives", "representatives"), ("Un-indentified or witheld", "Unidentified or withheld"),
    ("umute", "unmute"), ("fourtieth", "fortieth"), ("straight thru", "straight through"),
    ("touch tone", "touchtone"), ("exclaimation-point", "exclamation point"), ("mail box", "mailbox"),
    ('IAX (note: does not say "2")', "IAX"), ("don't call", "do not call"),
]  # fmt: skip
STAGE_DIRECTIONS = r"\[[^\]]*\]|<[^>]*>|\([^)]*\)"


def read_texts(language):
    """Prompt key -> text, from the list that a core-sounds package installs; empty without the package."""
    path = TEXTS / f"asterisk-core-sounds-{language}" / f"core-sounds-{language}.txt.gz"
    if not path.exists():
        return {}
    texts = {}
    with gzip.open(path, "rt", encoding="utf-8-sig", errors="replace") as file:
        for line in file:
            if not line.startswith(";") and ":" in line:
                key, text = line.rstrip("\n").split(":", 1)
                texts[key.strip()] = text.strip()
    return texts


def english_target(text):
    """No stage directions, digits as words, one capital at the start of a sentence, a full stop from 3 words on."""
    for wrong, right in CORRECTIONS:
        text = text.replace(wrong, right)
    text = re.sub(STAGE_DIRECTIONS, " ", text)
    text = text.replace("*", " star ").replace("#", " pound ").replace("…", "...").replace('"', "")
    text = re.sub(r"\.\.\.+", " ", text)
    text = re.sub(r"(?<![\w.])(\d)(?![\w.]*\d)", lambda match: DIGITS[int(match.group(1))], text)
    text = re.sub(r"\bi\b", "I", text).replace(";", ".").replace("!", ".")
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"^[\s,.:-]+", "", text)
    question = text.endswith("?")
    if not re.search(r"\b[AP]\.M\.$", text):
        text = re.sub(r"[\s,.:;?!-]+$", "", text)
    if not text:
        return ""
    if question:
        text += "?"
    elif len(text.split()) >= 3:
        text += "."
    text = re.sub(r"([.?] )([a-z])", lambda match: match.group(1) + match.group(2).upper(), text)
    return text[0].upper() + text[1:]


def spoken_text(text):
    """A source-language text as it is spoken."""
    text = re.sub(STAGE_DIRECTIONS, " ", text)
    for mark in ("“", "”", '"'):
        text = text.replace(mark, "")
    return re.sub(r"\s+", " ", text.replace("...", " ").replace("*", " ").replace("#", " ")).strip(" .,")


def targets():
    """Prompt key -> English target."""
    result = {}
    for key, text in [*read_texts("en").items(), *OTHER_PROMPTS.items()]:
        if key.startswith("silence/") or re.match(r"^[\[<(][^\])>]*[\])>]$", text):
            continue
        if target := english_target(text):
            result.setdefault(key, target)
    return result


def target_of(speaker, language, key, english, italian):
    """The English target of one recording, or None: spelling alphabets differ between the packages."""
    if language == "it" and key == "digits/oh":
        return "Zero"
    if language == "fr" and key == "demo-moreinfo":
        return None
    if "phonetic/" in key and language == "it":
        if key.startswith("phonetic/ICAO/"):
            return english.get(key.replace("ICAO/", ""))
        spelled = re.match(r"^(\w) come (\w+)$", italian.get(key, ""))
        if speaker == "it_IT_m_Carlo" and spelled:
            return f"{spelled.group(1).upper()} as in {spelled.group(2).capitalize()}."
        return None
    return english.get(key)


def fraction(text):
    """A fixed pseudo-random number in [0, 1) of a text."""
    return int(hashlib.md5(text.encode()).hexdigest()[:8], 16) / 2**32


def split_of(row, english, languages):
    """`devB`: sentence never heard in this language; `devA`: this recording held out; otherwise `train`."""
    key, words = row["key"], len(row["en"].split())
    alone = list(english.values()).count(row["en"]) == 1
    if words >= 2 and alone and len(languages) >= 3 and fraction("B" + row["lang"] + key) < 0.035:
        return "devB"
    if len(languages) >= 2 and fraction("A" + row["speaker"] + key) < 0.065:
        return "devA"
    return "train"


def manifest(longest=9.0):
    """All usable recordings (speaker, lang, key, path, dur, en, src, split), and the English targets by key."""
    english = targets()
    sources = {language: read_texts(language) for language in LANGUAGES}
    rows = []
    for speaker, (_, language, known) in SPEAKERS.items():
        folder = SOUNDS / speaker
        for root, _, files in sorted(os.walk(folder)):
            for file in sorted(files):
                if not file.endswith((".wav", ".gsm")):
                    continue
                path = os.path.join(root, file)
                key = os.path.relpath(path, folder)[:-4]
                target = target_of(speaker, language, key, english, sources["it"])
                duration = soundfile.info(path).duration
                if not target or not 0.15 <= duration <= longest:
                    continue
                source = sources[language].get(key) if known else None
                row = {"speaker": speaker, "lang": language, "key": key, "path": path, "dur": duration, "en": target}
                rows.append(row | {"src": spoken_text(source) if source else None})
    languages = {}
    for row in rows:
        languages.setdefault(row["key"], set()).add(row["lang"])
    for row in rows:
        row["split"] = split_of(row, english, languages[row["key"]])
    return rows, english


def read_audio(path):
    """The whole recording, 16 kHz mono."""
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    samples = samples.mean(1)
    return np.ascontiguousarray(samples if rate == 16000 else soxr.resample(samples, rate, 16000).astype(np.float32))


def read_trimmed(path, margin=0.08):
    """A recording without the silence at its ends, at least a quarter of a second long."""
    samples = read_audio(path)
    if len(samples) > 1600:
        level = np.sqrt(np.convolve(samples * samples, np.ones(320) / 320, "same"))
        (loud,) = np.where(level > max(level.max() * 0.012, 1e-4))
        if len(loud):
            keep = int(margin * 16000)
            samples = samples[max(0, loud[0] - keep) : loud[-1] + keep]
    return np.ascontiguousarray(np.pad(samples, (0, max(0, 4000 - len(samples)))))


def normalise(samples):
    return ((samples - samples.mean()) / np.sqrt(samples.var() + 1e-7)).astype(np.float32)
