#!/usr/bin/env python
"""Makes a tiny random checkpoint of the published architecture in both weight forms, with goldens.

usage: make_tokenizer.py OUT && make_tiny.py OUT [--wide-encoder]

`--wide-encoder` makes the encoder wider than the decoder, so that the adapter has its projection, as in 1B and 2B.
"""

import argparse
from pathlib import Path

from common import old_weight_norm_names, randomise, versions, write_golden

import numpy as np
import torch
from safetensors.torch import save_file
from transformers import (
    GenerationConfig,
    MBart50Tokenizer,
    MBartConfig,
    SpeechEncoderDecoderConfig,
    SpeechEncoderDecoderModel,
    Wav2Vec2Config,
    Wav2Vec2FeatureExtractor,
)

SEED = 1234
VOCABULARY, ENGLISH = 118, 68  # 64 pieces and 54 more; en_XX
PROMPTS = [[2, ENGLISH, 10, 11, 12], [2, ENGLISH, 30, 31, 32]]


def build(wide):
    encoder = Wav2Vec2Config(
        hidden_size=40 if wide else 32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64,
        feat_extract_norm="layer", feat_extract_activation="gelu", hidden_act="gelu", conv_dim=[16] * 7,
        conv_kernel=[10, 3, 3, 3, 3, 2, 2], conv_stride=[5, 2, 2, 2, 2, 2, 2], conv_bias=True,
        num_conv_pos_embeddings=16, num_conv_pos_embedding_groups=4, do_stable_layer_norm=True, mask_time_prob=0.075,
        mask_feature_prob=0.0, layerdrop=0.1, add_adapter=True, adapter_kernel_size=3, adapter_stride=2,
        num_adapter_layers=3, output_hidden_size=32, vocab_size=32,
    )  # fmt: skip
    decoder = MBartConfig(
        vocab_size=VOCABULARY, d_model=32, encoder_layers=2, decoder_layers=2, encoder_attention_heads=4,
        decoder_attention_heads=4, encoder_ffn_dim=64, decoder_ffn_dim=64, max_position_embeddings=64,
        activation_function="relu", scale_embedding=True, pad_token_id=1, bos_token_id=0, eos_token_id=2,
        decoder_start_token_id=2, forced_eos_token_id=2, tie_word_embeddings=True,
    )  # fmt: skip
    config = SpeechEncoderDecoderConfig.from_encoder_decoder_configs(encoder, decoder)
    config.pad_token_id, config.eos_token_id, config.decoder_start_token_id = 1, 2, 2
    config.tie_word_embeddings = False
    torch.manual_seed(SEED)
    model = SpeechEncoderDecoderModel(config=config).eval()
    randomise(model, SEED, skip=["masked_spec_embed"])
    model.generation_config = GenerationConfig(
        bos_token_id=0, decoder_start_token_id=2, early_stopping=True, eos_token_id=2, forced_bos_token_id=ENGLISH,
        forced_eos_token_id=2, max_length=40, num_beams=5, pad_token_id=1,
    )  # fmt: skip
    return model


@torch.no_grad()
def golden_tensors(model, extractor, clips):
    """Outputs for each clip alone, and for all as one padded batch."""
    tensors = {}

    def run(clips, prompts):
        inputs = extractor(clips, sampling_rate=16000, padding=True, return_tensors="pt")
        return inputs, model(**inputs, decoder_input_ids=torch.tensor(prompts))

    for index, (clip, prompt) in enumerate(zip(clips, PROMPTS)):
        inputs, output = run([clip], [prompt])
        tensors[f"clip.{index}"] = torch.tensor(clip)
        tensors[f"input_values.{index}"] = inputs.input_values[0]
        tensors[f"encoder_output.{index}"] = output.encoder_last_hidden_state[0]
        tensors[f"decoder_input_ids.{index}"] = torch.tensor(prompt)
        tensors[f"logits.{index}"] = output.logits[0]
    inputs, output = run(clips, PROMPTS)
    hidden = output.encoder_last_hidden_state
    mask = model.encoder._get_feature_vector_attention_mask(hidden.shape[1], inputs.attention_mask)
    tensors |= {"batch.encoder_output": hidden, "batch.encoder_mask": mask.long(), "batch.logits": output.logits}
    return {name: tensor.contiguous() for name, tensor in tensors.items()}


@torch.no_grad()
def generate(model, extractor, clips, beams):
    inputs = extractor(clips, sampling_rate=16000, padding=True, return_tensors="pt")
    output = model.generate(**inputs, num_beams=beams, return_dict_in_generate=True, output_scores=True)
    return output.sequences.tolist(), None if beams == 1 else output.sequences_scores.tolist()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path, help="a folder that has the tokenizer's files")
    parser.add_argument("--wide-encoder", action="store_true")
    arguments = parser.parse_args()
    out = arguments.out
    torch.set_num_threads(1)

    model = build(arguments.wide_encoder)
    model.save_pretrained(out)
    torch.save(old_weight_norm_names(model.state_dict()), out / "pytorch_model.bin")
    extractor = Wav2Vec2FeatureExtractor(
        feature_size=1, sampling_rate=16000, padding_value=0.0, do_normalize=True, return_attention_mask=True
    )
    extractor.save_pretrained(out)

    generator = np.random.default_rng(0)
    clips = [generator.standard_normal(count).astype(np.float32) * 0.1 for count in (16000, 23457)]
    save_file(golden_tensors(model, extractor, clips), out / "golden.safetensors")
    tokenizer = MBart50Tokenizer.from_pretrained(out)
    cases, batches = [], []
    for beams in (1, 5):
        options = {"num_beams": beams}
        for index, clip in enumerate(clips):
            sequences, scores = generate(model, extractor, [clip], beams)
            case = {"clip": index, "arguments": options, "sequence": sequences[0]}
            case["score"] = scores[0] if scores else None
            case["text"] = tokenizer.decode(sequences[0], skip_special_tokens=True)
            cases.append(case)
        sequences, scores = generate(model, extractor, clips, beams)
        batches.append({"clips": [0, 1], "arguments": options, "sequences": sequences, "scores": scores})
    head = {"versions": versions(), "padded_batches": batches}
    write_golden(out / "golden.json", head, cases)


if __name__ == "__main__":
    main()
