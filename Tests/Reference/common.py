"""What the scripts of this folder share: the mBART-50 tokenizer layout, random weights, the published file forms."""

import collections
import json
import math
import os
import struct
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

# In the order of mBART-50's vocabulary: with N SentencePiece pieces the first has id N + 1, `<mask>` has N + 53.
LANGUAGE_CODES = (
    "ar_AR cs_CZ de_DE en_XX es_XX et_EE fi_FI fr_XX gu_IN hi_IN it_IT ja_XX kk_KZ ko_KR lt_LT lv_LV my_MM ne_NP "
    "nl_XX ro_RO ru_RU si_LK tr_TR vi_VN zh_CN af_ZA az_AZ bn_IN fa_IR he_IL hr_HR id_ID ka_GE km_KH mk_MK ml_IN "
    "mn_MN mr_IN pl_PL ps_AF pt_XX sv_SE sw_KE ta_IN te_IN th_TH tl_XX uk_UA ur_PK xh_ZA gl_ES sl_SI"
).split()


def vocabulary_size(pieces: int) -> int:
    """Specials (4), pieces less SentencePiece's three own (N - 3), languages (52) and `<mask>` (1)."""
    return pieces + 54


def language_id(code: str, pieces: int) -> int:
    return pieces + 1 + LANGUAGE_CODES.index(code)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def _field(number: int, payload: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(payload)) + payload


def write_sentencepiece(path, pieces):
    """Writes a unigram SentencePiece ModelProto by hand, without a character map.

    `pieces` are the ordinary ones; `<unk>`, `<s>` and `</s>` go before them, as in XLM-R.
    """
    pieces = ["<unk>", "<s>", "</s>", *pieces]
    with open(path, "wb") as file:
        for index, piece in enumerate(pieces):
            kind = {0: 2, 1: 3, 2: 3}.get(index)  # unknown, control; ordinary pieces leave the field out
            score = 0.0 if index < 3 else -math.log(index)
            body = _field(1, piece.encode()) + b"\x15" + struct.pack("<f", score)
            file.write(_field(1, body + (b"\x18" + bytes([kind]) if kind else b"")))
        trainer = b"\x18\x01" + b"\x20" + _varint(len(pieces))  # model_type unigram, vocab_size
        trainer += b"\xc0\x02\x00\xc8\x02\x01\xd0\x02\x02"  # unk_id 0, bos_id 1, eos_id 2
        trainer += b"\xd8\x02" + b"\xff" * 9 + b"\x01"  # pad_id -1
        file.write(_field(2, trainer))
        file.write(_field(3, _field(1, b"identity")))


def write_tokenizer_files(directory):
    """tokenizer_config.json and special_tokens_map.json as the published checkpoints have them."""
    mask = {"content": "<mask>", "single_word": False, "lstrip": True, "rstrip": False, "normalized": True}
    special = {"eos_token": "</s>", "unk_token": "<unk>", "sep_token": "</s>", "pad_token": "<pad>", "cls_token": "<s>"}
    settings = {
        "src_lang": None,
        "tgt_lang": None,
        **special,
        "mask_token": dict(mask, __type="AddedToken"),
        "sp_model_kwargs": {},
        "additional_special_tokens": LANGUAGE_CODES,
        "tokenizer_class": "MBart50Tokenizer",
    }
    special_map = {**special, "mask_token": mask, "additional_special_tokens": LANGUAGE_CODES}
    write_json(Path(directory) / "tokenizer_config.json", settings, indent=None)
    write_json(Path(directory) / "special_tokens_map.json", special_map, indent=None)


def write_preprocessor(directory):
    """preprocessor_config.json as the published checkpoints have it."""
    settings = {
        "do_normalize": True,
        "feature_extractor_type": "Wav2Vec2FeatureExtractor",
        "feature_size": 1,
        "padding_side": "right",
        "padding_value": 0.0,
        "return_attention_mask": True,
        "sampling_rate": 16000,
    }
    write_json(Path(directory) / "preprocessor_config.json", settings)


def write_golden(path, head, cases):
    """golden.json: JSON with one case to a line."""
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    Path(path).write_text(f'{opening}, "cases": [\n{lines}\n]}}\n', encoding="utf-8")


def versions():
    import torch
    import transformers

    return {"transformers": transformers.__version__, "torch": torch.__version__.split("+")[0]}


def write_json(path, value, indent=2):
    Path(path).write_text(json.dumps(value, indent=indent, ensure_ascii=False) + "\n", encoding="utf-8")


def old_weight_norm_names(state):
    """The state dict under the names torch 1.10 gave a weight-normalised convolution, as in the published files."""
    renamed = collections.OrderedDict()
    renamed._metadata = getattr(state, "_metadata", None)
    for name, tensor in state.items():
        name = name.replace("parametrizations.weight.original0", "weight_g")
        renamed[name.replace("parametrizations.weight.original1", "weight_v")] = tensor
    return renamed


def randomise(model, seed, embedding_scale=0.6, skip=()):
    """Random weights whose logits differ enough for argmax and beams to mean something.

    Hugging Face's own initialisation (standard deviation 0.02) makes all logits of such a small model nearly equal.
    Parameters whose last name is in `skip` stay as they are.
    """
    import torch

    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.split(".")[-1] in skip:
                continue
            noise = torch.randn(parameter.shape, generator=generator)
            if parameter.dim() >= 2:
                parameter.copy_(noise * (1.4 / math.sqrt(parameter[0].numel())))
            elif name.endswith("bias"):
                parameter.copy_(noise * 0.05)
            elif "norm" in name:
                parameter.copy_(1 + 0.1 * noise)
            else:
                parameter.copy_(noise)
        model.decoder.model.decoder.embed_tokens.weight.mul_(embedding_scale)
