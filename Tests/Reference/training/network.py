"""The model, and a lean forward pass over Hugging Face's own parameters for training on a CPU."""

import os

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch
import torch.nn.functional as F
from transformers import MBartConfig, SpeechEncoderDecoderConfig, SpeechEncoderDecoderModel, Wav2Vec2Config

CHANNELS, WIDTH = 96, 192
PAD, END, UNKNOWN = 1, 2, 3


def build(vocabulary):
    """The demonstration model with fresh weights: the architecture of the published checkpoints, much smaller."""
    encoder = Wav2Vec2Config(
        hidden_size=WIDTH, num_hidden_layers=4, num_attention_heads=4, intermediate_size=640,
        feat_extract_norm="layer", feat_extract_activation="gelu", hidden_act="gelu", conv_dim=[CHANNELS] * 7,
        conv_kernel=[10, 3, 3, 3, 3, 2, 2], conv_stride=[5, 2, 2, 2, 2, 2, 2], conv_bias=True,
        num_conv_pos_embeddings=64, num_conv_pos_embedding_groups=16, do_stable_layer_norm=True, mask_time_prob=0.075,
        mask_feature_prob=0.0, layerdrop=0.0, attention_dropout=0.0, activation_dropout=0.0, hidden_dropout=0.1,
        feat_proj_dropout=0.0, final_dropout=0.0, add_adapter=True, adapter_kernel_size=3, adapter_stride=2,
        num_adapter_layers=3, output_hidden_size=WIDTH, vocab_size=32,
    )  # fmt: skip
    decoder = MBartConfig(
        vocab_size=vocabulary, d_model=WIDTH, encoder_layers=2, decoder_layers=2, encoder_attention_heads=4,
        decoder_attention_heads=4, encoder_ffn_dim=768, decoder_ffn_dim=768, max_position_embeddings=128,
        activation_function="gelu", scale_embedding=True, dropout=0.1, attention_dropout=0.0, activation_dropout=0.0,
        pad_token_id=PAD, bos_token_id=0, eos_token_id=END, decoder_start_token_id=END, forced_eos_token_id=END,
        tie_word_embeddings=True,
    )  # fmt: skip
    config = SpeechEncoderDecoderConfig.from_encoder_decoder_configs(encoder, decoder)
    config.pad_token_id, config.eos_token_id, config.decoder_start_token_id = PAD, END, END
    config.tie_word_embeddings = False
    return SpeechEncoderDecoderModel(config=config)


def conv_features(extractor, samples):
    """The convolution stack as matrix products: [batch, samples] -> [batch, frames, channels]."""
    hidden = None
    for layer in extractor.conv_layers:
        weight, bias = layer.conv.weight, layer.conv.bias
        kernel, stride = weight.shape[2], layer.conv.stride[0]
        if hidden is None:
            hidden = F.linear(samples.unfold(1, kernel, stride), weight[:, 0, :], bias)
        else:
            last = stride * ((hidden.shape[1] - kernel) // stride) + 1
            windows = torch.cat([hidden[:, tap : tap + last : stride] for tap in range(kernel)], -1)
            hidden = F.linear(windows, weight.permute(0, 2, 1).reshape(weight.shape[0], -1), bias)
        norm = layer.layer_norm
        hidden = F.gelu(F.layer_norm(hidden, (hidden.shape[-1],), norm.weight, norm.bias))
    return hidden


_masks = {}


def dropout(x, rate, training):
    """Dropout by a shared mask read from a random offset: drawing a new mask is slow on a CPU."""
    if not training or rate <= 0:
        return x
    key = (rate, x.dtype)
    if key not in _masks or x.numel() > _masks[key].numel() // 2:
        size = max(1 << 22, 2 * x.numel())
        _masks[key] = (torch.rand(size) >= rate).to(x.dtype) / (1 - rate)
    mask = _masks[key]
    offset = int(torch.randint(0, mask.numel() - x.numel(), (1,)))
    return x * mask[offset : offset + x.numel()].view(x.shape)


def attend(module, x, y, **mask):
    """Multi-head attention from x to y by the projections of a Hugging Face attention module."""
    batch, length, _ = x.shape
    split = lambda z: z.view(batch, z.shape[1], module.num_heads, -1).transpose(1, 2)
    q, k, v = split(module.q_proj(x)), split(module.k_proj(y)), split(module.v_proj(y))
    mixed = F.scaled_dot_product_attention(q, k, v, **mask)
    return module.out_proj(mixed.transpose(1, 2).reshape(batch, length, -1))


def key_mask(lengths, size, dtype):
    """An additive attention mask that leaves out what lies behind each length."""
    padding = torch.arange(size)[None] >= lengths[:, None]
    return torch.zeros(len(lengths), 1, 1, size, dtype=dtype).masked_fill_(padding[:, None, None], float("-inf"))


def encode(encoder, features, lengths, rate=0.1, training=True, span_mask=None):
    """Convolution features [batch, frames, channels] -> transformer states, adapter states, adapter lengths.

    Unlike Hugging Face's, the adapter sees zeros behind each utterance's end, as if it were alone.
    """
    projection, stack = encoder.feature_projection, encoder.encoder
    valid = (torch.arange(features.shape[1])[None] < lengths[:, None]).to(features.dtype)[..., None]
    hidden = projection.projection(projection.layer_norm(features))
    if span_mask is not None:
        hidden = hidden * (1 - span_mask) + encoder.masked_spec_embed * span_mask
    hidden = hidden * valid
    hidden = dropout(hidden + stack.pos_conv_embed(hidden), rate, training)
    mask = None if bool(valid.all()) else key_mask(lengths, features.shape[1], hidden.dtype)
    for layer in stack.layers:
        normed = layer.layer_norm(hidden)
        hidden = hidden + dropout(attend(layer.attention, normed, normed, attn_mask=mask), rate, training)
        inner = F.gelu(layer.feed_forward.intermediate_dense(layer.final_layer_norm(hidden)))
        hidden = hidden + dropout(layer.feed_forward.output_dense(inner), rate, training)
    hidden = stack.layer_norm(hidden)

    adapted = (hidden * valid).transpose(1, 2)
    for layer in encoder.adapter.layers:
        adapted = F.glu(layer.conv(adapted), 1)
        lengths = (lengths - 1) // 2 + 1
        adapted = adapted * (torch.arange(adapted.shape[2])[None] < lengths[:, None])[:, None].to(adapted.dtype)
    return hidden, adapted.transpose(1, 2), lengths


def decode(decoder, ids, encoded, lengths, rate=0.1, training=True):
    """Ids [batch, tokens] -> logits [batch, tokens, vocabulary]."""
    stack = decoder.model.decoder
    positions = stack.embed_positions.weight[2 : 2 + ids.shape[1]]
    hidden = F.embedding(ids, stack.embed_tokens.weight) * stack.embed_tokens.embed_scale + positions
    hidden = dropout(stack.layernorm_embedding(hidden), rate, training)
    mask = key_mask(lengths, encoded.shape[1], hidden.dtype)
    for layer in stack.layers:
        normed = layer.self_attn_layer_norm(hidden)
        hidden = hidden + dropout(attend(layer.self_attn, normed, normed, is_causal=True), rate, training)
        normed = layer.encoder_attn_layer_norm(hidden)
        hidden = hidden + dropout(attend(layer.encoder_attn, normed, encoded, attn_mask=mask), rate, training)
        inner = dropout(F.gelu(layer.fc1(layer.final_layer_norm(hidden))), rate, training)
        hidden = hidden + dropout(layer.fc2(inner), rate, training)
    return F.linear(stack.layer_norm(hidden), decoder.lm_head.weight)


@torch.no_grad()
def greedy(model, features, lengths, language, longest=60):
    """Greedy search over a padded batch: lists of ids behind the language id, without the end."""
    _, encoded, lengths = encode(model.encoder, features, lengths, training=False)
    ids = torch.tensor([[END, language]] * len(features))
    done = torch.zeros(len(features), dtype=torch.bool)
    for _ in range(longest):
        following = decode(model.decoder, ids, encoded, lengths, training=False)[:, -1].argmax(-1)
        following[done] = PAD
        ids = torch.cat([ids, following[:, None]], 1)
        done |= following == END
        if done.all():
            break
    rows = [row[2:] for row in ids.tolist()]
    return [row[: row.index(END)] if END in row else row for row in rows]
