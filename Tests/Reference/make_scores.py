#!/usr/bin/env python
"""Makes Tests/Fixtures/scores: odd pairs of translation and reference, and what sacreBLEU says of them.

usage: make_scores.py FIXTURES

Needs sacrebleu==2.6.0 and nothing else of this folder. The texts are made for what metrics can get wrong: many scripts,
white space of all kinds, normalisation forms, numbers and points, entities, and lines that are empty or long.
"""

import csv
import json
import random
import sys
from pathlib import Path

import numpy
import sacrebleu
from sacrebleu.metrics import BLEU, CHRF
from sacrebleu.significance import PairedTest

TOKENIZERS = ("13a", "zh", "char", "none")
SEEDS = (12345, 1, 2**40 + 17)

# Reference, then translation.
PAIRS = [
    ("The quick brown fox jumps over the lazy dog.", "The quick brown fox jumped over the lazy dogs."),
    ("The cat sat on the mat.", "The cat sat on the mat."),
    ("Hello, world!", "hello world"),
    ("", ""), ("", "something out of nothing"), ("nothing comes of something", ""), ("   ", "\t"), ("a", "a"),
    ("a", "b"), ("a b", "a"), ("a b c", "a b c"), ("a b c d", "a b c d"), ("the the the the", "the the the the the the"),
    ("the cat", "the the the the the the the"), ("x " * 200 + "end.", "x " * 180 + "end"),
    ("long " * 120, "lung " * 50 + "long " * 70), ("Donaudampfschifffahrtsgesellschaftskapitän" * 40, "Kapitän" * 9),
    ("It costs 1,234.56 dollars, not 1.234,56.", "It costs 1234.56 dollars, not 1,234.56."),
    ("3.14 -5 10-20 1--2 -1 5- .5 5. ,5 5,", "3.14 -5 10 - 20 1-2 - 1 5 -.5 5. , 5 5 ,"),
    ("a.b 1.a a.1 a,b 1,a a,1 .. ,, ., ,. ...", "a. b 1. a a. 1 a, b 1 , a a ,1 . . , , . , .. ."),
    ("U.S.A. vs. U.K., e.g. Dr. No.", "USA vs UK, eg Dr No"), ("Pages 12-15, 1999-2000.", "Pages 12–15, 1999—2000."),
    ("He said \"hello\" & 'goodbye'.", "He said &quot;hello&quot; &amp; 'goodbye'."),
    ("&amp;lt; &lt;b&gt; &amp;amp; &nbsp;", "&lt; <b> &amp; &nbsp;"), ("<skipped>", "skipped <skipped> here"),
    ("well-known state-of-the-art", "well known state of the art"), ("don't can't won't o'clock", "dont cant wont oclock"),
    ("{a} [b] (c) <d> |e| ~f~ ^g^ _h_ `i`", "{a}[b](c)<d>|e|~f~^g^_h_`i`"),
    ("1+1=2; 50% of $100 @ #1 * 2 / 3 \\ 4", "1 + 1 = 2 ; 50 % of $ 100 @ # 1 * 2 / 3 \\ 4"),
    ("http://www.example.com/a_b?c=d&e=f#g", "http://www.example.com/a_b?c=d&amp;e=f#g"),
    ("mail: name.surname+tag@sub.example.org", "mail name.surname@example.org"),
    ("“Curly” ‘quotes’ – and — dashes… „low“ «guillemets»", "\"Curly\" 'quotes' - and -- dashes... \"low\" <<guillemets>>"),
    ("non\u00a0breaking\u2009thin\u200azero\u200bwidth\u3000wide", "non breaking thin zero width wide"),
    ("soft\u00adhyphen\u2011hard word\u2060joiner \ufeffmark", "softhyphen-hard wordjoiner mark"),
    ("line\u2028separator paragraph\u2029separator next\u0085line", "line separator paragraph separator next line"),
    ("tab\tvertical\x0bform\x0cfeed \x1cfile\x1dgroup\x1erecord\x1funit", "tab vertical form feed file group record unit"),
    ("carriage\rreturn inside", "carriage return inside"), ("ogham\u1680space medium\u205fmath narrow\u202fnbsp", "ogham space"),
    ("mongolian\u180evowel separator", "mongolian vowel separator"), ("  leading and trailing  ", "leading and trailing"),
    ("café naïve façade Zürich", "cafe\u0301 nai\u0308ve fac\u0327ade Zu\u0308rich"), ("Å Ω K", "\u212b \u2126 \u212a"),
    ("ﬁne ﬂow ½ ² ™", "fine flow 1/2 2 TM"), ("İstanbul ıssız", "i̇stanbul issiz"), ("STRASSE straße ẞ", "strasse STRASSE ß"),
    ("Z̵̡̢̛͎̝̲a̷̧̛̤̟l̶̨̛g̸̢̛o̷ text", "Zalgo text"), ("a\u0301\u0302\u0303 b\u0323\u0307", "a\u0302\u0301\u0303 b\u0307\u0323"),
    ("👍🏽 👨‍👩‍👧‍👦 🇩🇪🇫🇷 1️⃣ ❤️ 🏳️‍🌈", "👍 👨‍👩‍👧 🇩🇪 🇫🇷 1 ❤ 🏳️"), ("I love it 😀😀😀!!!", "I love it 😀 😀 😀 !"),
    ("∑ ≤ ∞ → ⇒ √2 ≈ 1.41 ± 0.01 ×10⁻³", "∑ <= ∞ -> => √ 2 ~ 1,41 ± 0,01 x10-3"), ("€5 £6 ¥7 ₹8 ₿9", "5 € 6 £ 7 ¥ 8 ₹ 9 ₿"),
    ("今天天气很好,我们去公园吧。", "今天的天气很好,我们去公园。"), ("我有3.5个苹果和1,000块钱!", "我有 3.5 个苹果、1000块钱!"),
    ("他说:“你好吗?”——她没有回答……", "他说:「你好吗?」她没回答..."), ("ABC公司的CEO在2023年1月1日说:OK。", "ABC 公司 CEO 在 2023-01-01 说 OK"),
    ("𠀀𠀁𪛖 丂 㐀㐁 豈更 丽丸", "𠀀𠀁 丂 㐀 豈 丽"), ("⺀⺁⼀⼁⿰⿱ ㄅㄆㄇ ㆠ ㇀ ㈠ ㍿ ︐ ︰", "⺀ ⼀ ⿰ ㄅ ㆠ ㇀ ㈠ ㍿ ︐ ︰"),
    ("ABC123 full width!?", "ABC123 full width!?"), ("繁體中文和简体中文", "繁体中文和簡體中文"),
    ("\u4f60\u597d\uff0c\u4e16\u754c\uff01\uff21\uff22\uff23\uff11\uff12\uff0e\uff15\uff1f", "\u4f60\u597d,\u4e16\u754c!ABC12.5?"),
    ("\u8c48 \uf900\uf901 \u4e3d \U0002f800\U0002f801", "\uf900 \u8c48\u66f4 \U0002f800 \u4e3d"), ("\uff76\uff9e\uff77\uff9e\uff61", "\u30ac\u30ae\u3002"),
    ("\uff08\u7b2c\u4e00\uff09\u3010\u4e8c\u3011\u300a\u4e09\u300b\uff1b\uff1a\uff0d\uff05", "(\u7b2c\u4e00) [\u4e8c] <\u4e09>;:-%"),
    ("♠♣♥♦ ☀☁ ✓✗ ➔ ─│┌ ▀▄█", "♠ ♣ ♥ ♦ ☀ ☁ ✓ ✗ ➔ ─ │ ▀"), ("龻龼龽 鿿 \u9fbb\u9fbc", "龻 龼 \u9fbb \u9fbc"),
    ("今日はとても天気がいいですね。", "今日は天気がとてもいいです。"), ("「すみません」と彼女は言った。", "彼女は「すいません」と言った。"),
    ("コーヒーを3杯、お願いします!", "コーヒー3杯お願いします"), ("カタカナ ハンカク ガ", "カタカナ ハンカク カ\u3099"),
    ("東京都・大阪府〜京都々々ゝ", "東京都、大阪府~京都々ゝ"), ("ラーメンとTシャツを¥1,980で買った。", "ラーメンと T シャツを 1980 円で買いました。"),
    ("안녕하세요, 만나서 반갑습니다.", "안녕하십니까. 만나서 반가워요."), ("한국어 각", "\u1112\u1161\u11ab국어 \u1100\u1161\u11a8"),
    ("مرحبا بالعالم، كيف حالك؟", "مرحبا يا عالم, كيف حالك?"), ("الطَّقْسُ جَمِيلٌ اليَوْمَ", "الطقس جميل اليوم"),
    ("السعر ٣٫١٤ أو ١٬٠٠٠ ريال.", "السعر 3.14 أو 1,000 ريال."), ("می‌خواهم به خانه بروم.", "میخواهم به خانه بروم"),
    ("کتاب‌های من ۱۲۳ تاست؛ نه؟", "كتابهاي من ١٢٣ تاست; نه?"), ("שָׁלוֹם עוֹלָם!", "שלום עולם!"),
    ("வணக்கம், எப்படி இருக்கிறீர்கள்?", "வணக்கம் எப்படி இருக்கீங்க?"), ("கௌ கொ கோ", "க\u0bcc க\u0bc6\u0bbe க\u0bc7\u0bbe"),
    ("नमस्ते दुनिया। यह क़िताब है॥", "नमस्ते दुनिया. यह क\u093cिताब है"), ("আমি বাংলায় গান গাই।", "আমি বাংলা গান গাই।"),
    ("สวัสดีชาวโลก วันนี้อากาศดี", "สวัสดีชาวโลก วันนี้ อากาศ ดีมาก"), ("ជំរាបសួរ ពិភពលោក", "ជំរាបសួរពិភពលោក"),
    ("Сайн байна уу, дэлхий ертөнц!", "Сайн уу дэлхий!"), ("ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ", "ᠮᠣᠩᠭᠣᠯ"),
    ("Съешь же ещё этих мягких французских булок.", "Съешь еще этих мягких французских булок"),
    ("Ταχίστη αλώπηξ βαφής ψημένη γη.", "Ταχιστη αλωπηξ βαφης ψημενη γη;"), ("Ծույլ շունը", "Ծույլ շուն"),
    ("Tiếng Việt rất đẹp.", "Tiê\u0301ng Viê\u0323t râ\u0301t đe\u0323p."), ("Mae'r tywydd yn braf heddiw.", "Mae'r tywydd yn wych heddiw"),
    ("Täna on ilus ilm, eks ole?", "Täna on ilus ilm eks"), ("Šodien ir skaists laiks.", "Sodien ir skaists laiks!"),
    ("Danes je lepo vreme.", "Danes je vreme lepo."), ("L'avi menjà peix a l'estiu.", "L’avi va menjar peix a l’estiu."),
    ("Vädret är fint idag – åtminstone här.", "Vädret är bra i dag - åtminstone här."), ("Bugün hava çok güzel.", "Bugun hava cok guzel"),
    ("Cuaca hari ini cerah.", "Hari ini cuacanya cerah."), ("O tempo está bom, não é?", "O tempo está bom não é"),
    ("\U0010ffff \ue000 \U000f0000", "\U0010ffff \ue001"), ("\ufffd replaced \ufffc", "\ufffd replaced"),
    ("left\u200eto\u200fright \u202aembed\u202c \u2067isolate\u2069", "lefttoright embed isolate"),
    ("½·¼ 1⁄2 №5 §3 ¶4 †", "1/2·1/4 1/2 No5 §3"), ("A-B-C 1-A A-1 1-1 -", "A - B - C 1 - A A - 1 1 - 1 -"),
    ("end of sentence .", "end of sentence."), ("Mr. Quilter is the apostle of the middle classes.", "Mr Quilter is the apostle."),
    ("naïve naïve naive", "naive naïve naïve"), ("x\u0336y\u0336z\u0336", "xyz"), ("،؛؟ ۔ ٪", ",;? . %"),
]  # fmt: skip
MIXTURE = "the of and you is press one to call 3.5 1,000 - . , ! 今 天 日 本 の ا ل கி é e\u0301 😀 \u00a0 \u200b & % ß".split(" ")


def pairs():
    """The pairs above, disturbed copies of them, and mixtures of everything."""
    generator = random.Random(7)
    result = list(PAIRS)
    for reference, translation in PAIRS:
        if not reference.strip() or len(reference) > 500 or len(result) >= 190:
            continue
        characters = list(translation)
        for _ in range(1 + len(characters) // 12):
            place = generator.randrange(len(characters)) if characters else 0
            if generator.random() < 0.5:
                del characters[place : place + 1]
            else:
                characters.insert(place, generator.choice(reference))
        result.append((reference, "".join(characters)))
    while len(result) < 220:
        words = [generator.choice(MIXTURE) for _ in range(generator.randint(1, 30))]
        others = [word for word in words if generator.random() > 0.15]
        result.append((generator.choice((" ", "")).join(words), " ".join(others)))
    return result


def second_system(translations, references):
    """Another system: here and there better, here and there worse."""
    generator = random.Random(11)
    result = []
    for translation, reference in zip(translations, references):
        chance = generator.random()
        words = translation.split(" ")
        if chance < 0.25:
            result.append(reference)
        elif chance < 0.6 and len(words) > 1:
            generator.shuffle(words)
            result.append(" ".join(words))
        else:
            result.append(translation)
    return result


def bleu_result(metric, translations, references):
    score = metric.corpus_score(translations, [references])
    return {
        "score": score.score, "precisions": score.precisions, "bp": score.bp, "counts": score.counts,
        "totals": score.totals, "sys_len": score.sys_len, "ref_len": score.ref_len,
        "signature": str(metric.get_signature()), "text": str(score),
    }  # fmt: skip


def chrf_result(metric, translations, references):
    score = metric.corpus_score(translations, [references])
    return {"score": score.score, "signature": str(metric.get_signature()), "text": str(score)}


def scores(translations, references):
    result = {"bleu": {}, "sentence_bleu": {}, "chrf": {}, "sentence_chrf": {}}
    for tokenizer in TOKENIZERS:
        result["bleu"][tokenizer] = bleu_result(BLEU(tokenize=tokenizer), translations, references)
        metric = BLEU(tokenize=tokenizer, effective_order=True)
        result["sentence_bleu"][tokenizer] = [
            metric.sentence_score(translation, [reference]).score
            for translation, reference in zip(translations, references)
        ]
    for name, smoothing in (("default", False), ("eps", True)):
        metric = CHRF(eps_smoothing=smoothing)
        result["chrf"][name] = chrf_result(metric, translations, references)
        result["sentence_chrf"][name] = [
            metric.sentence_score(translation, [reference]).score
            for translation, reference in zip(translations, references)
        ]
    return result


def bootstrap(first, second, references, tokenizer):
    test = PairedTest(
        [("first", first), ("second", second)], {"bleu": BLEU(tokenize=tokenizer), "chrf": CHRF()}, [references],
        test_type="bs", n_samples=1000,
    )  # fmt: skip
    signatures, results = test()
    return {
        name: {
            "signature": str(signatures[name]),
            "systems": [
                {"score": float(r.score), "mean": float(r.mean), "ci": float(r.ci)}
                | ({} if r.p_value is None else {"p_value": float(r.p_value)})
                for r in results[name]
            ],
        }
        for name in ("BLEU", "chrF2")
    }


def write_lines(path, lines):
    assert not any("\n" in line for line in lines)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8", newline="\n")


def main():
    fixtures = Path(sys.argv[1])
    folder = fixtures / "scores"
    folder.mkdir(exist_ok=True)
    references, translations = map(list, zip(*pairs()))
    second = second_system(translations, references)
    # As they are read from files by sacreBLEU.
    references, translations, second = ([line.rstrip() for line in lines] for lines in (references, translations, second))
    for name, lines in (("references", references), ("first", translations), ("second", second)):
        write_lines(folder / f"{name}.txt", lines)

    with open(fixtures / "demo-model/samples/samples.tsv", encoding="utf-8", newline="\n") as file:
        samples = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    demo = {
        column: scores([sample[column] for sample in samples], [sample["reference"] for sample in samples])
        for column in ("hf_beam5", "hf_greedy")
    }
    demo_bootstrap = bootstrap(
        [s["hf_greedy"] for s in samples], [s["hf_beam5"] for s in samples], [s["reference"] for s in samples], "13a"
    )
    draws = [
        {"seed": seed, "bound": bound, "values": numpy.random.default_rng(seed).choice(bound, size=40).tolist()}
        for seed in SEEDS for bound in (1, 2, 3, 220, 14760, 3_000_000_000)
    ]  # fmt: skip
    golden = {
        "versions": {"sacrebleu": sacrebleu.__version__, "numpy": numpy.__version__},
        "pairs": scores(translations, references),
        "second": scores(second, references),
        "bootstrap": {tokenizer: bootstrap(translations, second, references, tokenizer) for tokenizer in TOKENIZERS},
        "demo": demo,
        "demo_bootstrap": demo_bootstrap,
        "draws": draws,
    }
    (folder / "golden.json").write_text(json.dumps(golden, indent=None, ensure_ascii=False) + "\n", encoding="utf-8")
    print(len(references), "pairs;", *(golden["pairs"]["bleu"][t]["text"] for t in TOKENIZERS), sep="\n")
    print(golden["pairs"]["chrf"]["default"]["text"], golden["bootstrap"]["13a"])


if __name__ == "__main__":
    main()
