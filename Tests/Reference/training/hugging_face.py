"""A saved checkpoint run by Hugging Face's own code in float32, one recording at a time."""

import os

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import torch
from transformers import MBart50Tokenizer, SpeechEncoderDecoderModel, Wav2Vec2FeatureExtractor


class Translator:
    def __init__(self, directory):
        self.model = SpeechEncoderDecoderModel.from_pretrained(directory, dtype=torch.float32).eval()
        self.extractor = Wav2Vec2FeatureExtractor.from_pretrained(directory)
        self.tokenizer = MBart50Tokenizer.from_pretrained(directory)

    def input_values(self, samples):
        return self.extractor(samples, sampling_rate=16000, return_tensors="pt").input_values

    @torch.no_grad()
    def search(self, samples, beams):
        """The ids after the decoder start id, and the beam score (None for greedy search)."""
        output = self.model.generate(
            self.input_values(samples), num_beams=beams, return_dict_in_generate=True, output_scores=True
        )
        return output.sequences[0, 1:].tolist(), output.sequences_scores[0].item() if beams > 1 else None

    def text(self, ids):
        return self.tokenizer.decode(ids, skip_special_tokens=True)

    def translate(self, samples, beams):
        return self.text(self.search(samples, beams)[0])
