#!/usr/bin/env python
"""Stage 7: writes `samples` and `golden` beside a saved `model`: recordings with Hugging Face's outputs for them.

usage: make_samples.py FOLDER        (FOLDER/model is there already)
"""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import soundfile
import soxr
import torch
import transformers
from safetensors.torch import save_file

from data import SPEAKERS, WORK, manifest, read_audio
from hugging_face import Translator

OTHER_CONTAINERS = {1: "flac", 7: "ogg", 13: "mp3"}  # picks that are also there in another container
GOLDEN = (0, 8, 19)  # picks with reference tensors; the shortest has those of every stage
LICENSES = {
    "es_MX_f_Allison": (
        "CC BY-SA 3.0; Allison Smith (theivrvoice.com), copyright 2003-2010; funded by Digium, Inc.",
        "asterisk-core-sounds-es-wav 1.6.1",
    ),
    "fr_CA_f_June": (
        "CC BY-SA 3.0; June Wallack (junewallack.com), copyright 2006-2008; translated by Clod Patry, Kristopher "
        "Lalletti, June Wallack; funded by Digium, Inc., Unlimitel, BGM Informatique",
        "asterisk-core-sounds-fr-wav 1.6.1",
    ),
    "fr": (
        "BSD-like, see below; voice Armelle Desjardins; Copyright (C) 2006 Michel Gutierrez",
        "asterisk-prompt-fr-armelle 20070613 (GSM decoded to WAV)",
    ),
    "it_IT_m_Carlo": (
        "CC BY 3.0; Carlo Flora (carloflora.com, segreterietelefoniche.it), copyright 2012; translated by "
        "Silvia Petrin",
        "asterisk-core-sounds-it-wav 1.6.1",
    ),
    "it_IT_f_Menardi": (
        "CC BY-SA 3.0 Italy; made by Marco Menardi and his wife Paola Dal Zot (the voice), copyright 2006-2011, "
        "http://www.voip.ammdomus.it",
        "asterisk-prompt-it-menardi-wav 1.4.22+mm20110907",
    ),
    "ru_RU_f_IvrvoiceRU": (
        "CC BY 3.0; provided by Maxim Topal (http://www.ivrvoice.ru), copyright 2010",
        "asterisk-core-sounds-ru-wav 1.6.1",
    ),
}
LICENSES_HEAD = """\
Human voice prompts from Debian packages; English texts: asterisk-core-sounds-en, CC BY-SA 3.0, Digium, Inc. / \
Allison Smith.
WAV files are unchanged 8 kHz copies unless said otherwise; .flac, .ogg and .mp3 files are re-encodings.
CC BY-SA 3.0: https://creativecommons.org/licenses/by-sa/3.0/  \
CC BY 3.0: https://creativecommons.org/licenses/by/3.0/  \
CC BY-SA 3.0 Italy: https://creativecommons.org/licenses/by-sa/3.0/it/

"""


def copy_recordings(folder, rows):
    """Copies the picked recordings; returns (file name, manifest row) of each file."""
    files = []
    by_key = {(row["speaker"], row["key"]): row for row in rows}
    for number, pick in enumerate(json.loads((WORK / "picks.json").read_text())):
        row = by_key[tuple(pick)]
        name = f"{row['lang']}-{SPEAKERS[row['speaker']][0]}-{row['key'].replace('/', '_')}"
        path = folder / f"{name}.wav"
        if row["path"].endswith(".wav"):
            shutil.copyfile(row["path"], path)
        else:
            samples, rate = soundfile.read(row["path"], dtype="int16")
            soundfile.write(path, samples, rate, subtype="PCM_16")
        files.append((path.name, row))
        if container := OTHER_CONTAINERS.get(number):
            other = folder / f"{name}.{container}"
            if container == "mp3":
                subprocess.run(["sox", "-R", path, "-C", "32", other], check=True)
            else:
                samples, rate = soundfile.read(path, dtype="float32")
                soundfile.write(other, samples, rate, format=container.upper())
            files.append((other.name, row))
    return files


def write_licenses(folder, files):
    text = Path("/usr/share/doc/asterisk-prompt-fr-armelle/copyright").read_text()
    armelle = text[text.index("Upstream:") : text.index("The Debian packaging")]
    with open(folder / "LICENSES.txt", "w", encoding="utf-8") as out:
        out.write(LICENSES_HEAD)
        for name, row in files:
            rights, source = LICENSES[row["speaker"]]
            out.write(f'{name}\n    {rights}; from {source}, prompt "{row["key"]}"\n')
        out.write("\nLicence of the Armelle recordings:\n\n" + armelle)


def write_outputs(folder, files, translator):
    """samples.tsv and token-ids.json: what Hugging Face makes of each file, greedily and with five beams."""
    columns = ["path", "language", "reference", "hf_greedy", "hf_beam5", "beam5_score", "split", "speaker", "key"]
    table, ids = [], []
    for name, row in files:
        samples = read_audio(folder / name)
        (greedy, _), (beams, score) = translator.search(samples, 1), translator.search(samples, 5)
        texts = [translator.text(greedy), translator.text(beams)]
        table.append([name, row["lang"], row["en"], *texts, f"{score:.6f}", row["split"], row["speaker"], row["key"]])
        ids.append(
            {"path": name, "greedy": greedy, "beam5": beams, "beam5_score": score, "samples_at_16k": len(samples)}
        )
    with open(folder / "samples.tsv", "w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter="\t", quoting=csv.QUOTE_NONE, lineterminator="\n").writerows([columns, *table])
    (folder / "token-ids.json").write_text(json.dumps(ids, indent=1))


@torch.no_grad()
def stages(model, values):
    """What each stage of the encoder gives, [frames, channels]."""
    encoder, outputs = model.encoder, []
    hook = lambda module, inputs, output: outputs.append(output[0] if isinstance(output, tuple) else output)
    hooks = [layer.register_forward_hook(hook) for layer in encoder.encoder.layers]
    encoder(values)
    for handle in hooks:
        handle.remove()
    convolved = encoder.feature_extractor(values).transpose(1, 2)
    projected, normed = encoder.feature_projection(convolved)
    tensors = {"input_values": values, "conv_features": convolved, "feature_projection_norm": normed}
    tensors |= {"feature_projection": projected, "pos_conv": encoder.encoder.pos_conv_embed(projected)}
    tensors |= {f"encoder_layer.{index}": output for index, output in enumerate(outputs)}
    tensors["encoder_norm"] = encoder.encoder.layer_norm(outputs[-1])
    return {name: tensor[0] for name, tensor in tensors.items()}


@torch.no_grad()
def write_golden(folder, samples_folder, files, translator):
    files = [file for file in files if file[0].endswith(".wav")]
    chosen = [files[index] for index in GOLDEN]
    shortest = min(chosen, key=lambda file: file[1]["dur"])
    model, cases = translator.model, []
    for name, row in chosen:
        samples = read_audio(samples_folder / name)
        values = translator.input_values(samples)
        (greedy, _), (beams, score) = translator.search(samples, 1), translator.search(samples, 5)
        prefix = torch.tensor([[2, *greedy[:-1]]])
        output = model(values, decoder_input_ids=prefix)
        logprobs = output.logits[0].log_softmax(-1).gather(1, torch.tensor(greedy)[:, None])[:, 0]
        tensors = {"clip": torch.tensor(samples), "encoder_output": output.encoder_last_hidden_state[0]}
        tensors |= {"decoder_input_ids": prefix[0], "logits": output.logits[0], "greedy_logprobs": logprobs}
        if (name, row) == shortest:
            tensors |= stages(model, values)
        file = Path(name).with_suffix(".safetensors").name
        save_file({key: tensor.contiguous().clone() for key, tensor in tensors.items()}, folder / file)
        case = {"sample": f"samples/{name}", "file": file, "language": row["lang"], "reference": row["en"]}
        case |= {"greedy_ids": [2, *greedy], "greedy_text": translator.text(greedy)}
        case |= {"beam5_ids": [2, *beams], "beam5_text": translator.text(beams), "beam5_sequence_score": score}
        cases.append(case | {"tensors": {key: list(tensor.shape) for key, tensor in tensors.items()}})
    versions = {module.__name__: module.__version__ for module in (torch, transformers, soxr)}
    head = {"versions": versions, "generation": model.generation_config.to_diff_dict(), "cases": cases}
    (folder / "golden.json").write_text(json.dumps(head, indent=1, ensure_ascii=False), encoding="utf-8")


def main():
    out = Path(sys.argv[1])
    translator = Translator(out / "model")
    rows, _ = manifest()
    for name in ("samples", "golden"):
        shutil.rmtree(out / name, ignore_errors=True)
        (out / name).mkdir()
    files = copy_recordings(out / "samples", rows)
    write_licenses(out / "samples", files)
    write_outputs(out / "samples", files, translator)
    write_golden(out / "golden", out / "samples", files, translator)


if __name__ == "__main__":
    main()
