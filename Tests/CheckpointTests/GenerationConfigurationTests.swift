import Testing

@testable import Checkpoint

@Suite struct GenerationConfigurationTests {
    private func generation(_ fields: [String: String]) throws -> GenerationConfiguration {
        let folder = try CheckpointFolder()
        try folder.set(fields, in: "generation_config.json")
        return try folder.load().generation
    }

    private func derived(_ fields: [String: String]) throws -> GenerationConfiguration {
        let folder = try CheckpointFolder()
        try folder.remove("generation_config.json")
        try folder.set(fields)
        return try folder.load().generation
    }

    @Test func readsTheFile() throws {
        let generation = try generation([:])
        #expect(generation.decoderStartTokenID == 2 && generation.bosTokenID == 0 && generation.padTokenID == 1)
        #expect(generation.eosTokenIDs == [2] && generation.forcedBosTokenID == 68 && generation.forcedEosTokenID == 2)
        #expect(generation.maxLength == 40 && generation.numBeams == 5 && generation.earlyStopping == .yes)
        #expect(generation.lengthPenalty == 1 && generation.noRepeatNgramSize == 0)
    }

    @Test func readsEverySetting() throws {
        let generation = try generation([
            "eos_token_id": "[2, 10]", "early_stopping": "\"never\"", "length_penalty": "-0.5",
            "no_repeat_ngram_size": "3",
            "forced_bos_token_id": "null", "forced_eos_token_id": "", "max_new_tokens": "7", "pad_token_id": "",
            "decoder_start_token_id": "", "top_k": "50", "temperature": "0.7", "do_sample": "false",
            "repetition_penalty": "1.0",
            "_from_model_config": "true", "use_cache": "false", "bad_words_ids": "null", "unknown": "{}",
        ])
        #expect(
            generation.eosTokenIDs == [2, 10] && generation.earlyStopping == .never && generation.lengthPenalty == -0.5)
        #expect(
            generation.noRepeatNgramSize == 3 && generation.forcedBosTokenID == nil
                && generation.forcedEosTokenID == nil)
        // max_new_tokens counts from the start token and overrides max_length.
        #expect(generation.maxLength == 8)
        #expect(generation.padTokenID == 2 && generation.decoderStartTokenID == 0)
    }

    /// Each row was compared with what transformers 5.23 derives and generates.
    @Test func derivesWhatHuggingFaceDerives() throws {
        let plain = try derived([:])
        #expect(
            plain.decoderStartTokenID == 2 && plain.bosTokenID == 0 && plain.eosTokenIDs == [2] && plain.padTokenID == 1
        )
        #expect(plain.forcedBosTokenID == nil && plain.forcedEosTokenID == 2)
        #expect(plain.maxLength == 21 && plain.numBeams == 1 && plain.earlyStopping == .no)

        let legacy = try derived([
            "forced_bos_token_id": "68", "num_beams": "5", "max_length": "30", "decoder.num_beams": "3",
            "decoder.max_length": "200",
            "decoder.early_stopping": "true", "decoder.no_repeat_ngram_size": "2", "decoder.length_penalty": "0.8",
            "decoder.min_length": "0", "decoder.do_sample": "false", "decoder.top_k": "50",
        ])
        #expect(legacy.forcedBosTokenID == 68 && legacy.numBeams == 5 && legacy.maxLength == 30)
        #expect(legacy.earlyStopping == .yes && legacy.noRepeatNgramSize == 2 && legacy.lengthPenalty == 0.8)

        let nulls = try derived([
            "num_beams": "null", "max_length": "null", "eos_token_id": "null", "decoder.num_beams": "3",
        ])
        #expect(nulls.numBeams == 3 && nulls.maxLength == 21 && nulls.eosTokenIDs == [2])

        #expect(
            try derived(["decoder_start_token_id": "", "decoder.decoder_start_token_id": ""]).decoderStartTokenID == 0)
        #expect(try derived(["max_new_tokens": "5", "max_length": "30"]).maxLength == 6)
        let bart = try derived(["force_bos_token_to_be_generated": "true", "bos_token_id": "5"])
        #expect(bart.forcedBosTokenID == 5)
        #expect(try derived(["decoder.force_bos_token_to_be_generated": "true"]).forcedBosTokenID == nil)
    }

    @Test(arguments: [
        ("do_sample", "true"), ("repetition_penalty", "1.2"), ("min_length", "5"), ("min_new_tokens", "1"),
        ("num_beam_groups", "2"),
        ("bad_words_ids", "[[5]]"), ("suppress_tokens", "[5]"), ("begin_suppress_tokens", "[5]"),
        ("diversity_penalty", "0.5"),
        ("constraints", "[1]"), ("force_words_ids", "[[5]]"), ("encoder_no_repeat_ngram_size", "2"),
        ("sequence_bias", "[[[5], 1.0]]"),
        ("encoder_repetition_penalty", "1.5"), ("exponential_decay_length_penalty", "[5, 1.1]"),
        ("guidance_scale", "2"),
        ("penalty_alpha", "0.6"), ("renormalize_logits", "true"), ("remove_invalid_values", "true"),
        ("stop_strings", "[\"x\"]"),
        ("token_healing", "true"), ("watermarking_config", "{}"), ("num_return_sequences", "2"), ("max_time", "1.5"),
        ("dola_layers", "\"low\""), ("prompt_lookup_num_tokens", "3"), ("do_sample", "\"false\""),
    ])
    func refusesWhatTheEngineLacks(_ field: String, _ value: String) throws {
        Loading.expect(.unsupportedConfiguration, mentions: "generation_config.json: \(field)") {
            _ = try generation([field: value])
        }
        Loading.expect(.unsupportedConfiguration, mentions: "config.json: \(field)") {
            _ = try derived(["decoder." + field: value])
        }
    }

    @Test(arguments: [
        ("decoder_start_token_id", "118"), ("decoder_start_token_id", "-1"), ("eos_token_id", "[2, \"x\"]"),
        ("eos_token_id", "118"),
        ("forced_bos_token_id", "4294967298"), ("forced_eos_token_id", "[2]"), ("max_length", "1"), ("max_length", "0"),
        ("max_length", "9223372036854775807"), ("max_new_tokens", "0"), ("max_new_tokens", "2147483647"),
        ("num_beams", "0"),
        ("num_beams", "1000000"), ("early_stopping", "\"always\""), ("early_stopping", "1"),
        ("length_penalty", "\"1\""),
        ("length_penalty", "1e300"), ("no_repeat_ngram_size", "-1"), ("pad_token_id", "-1"), ("bos_token_id", "1.5"),
    ])
    func refusesInvalidValues(_ field: String, _ value: String) throws {
        Loading.expect(.invalidConfiguration, mentions: "generation_config.json: \(field)") {
            _ = try generation([field: value])
        }
    }

    @Test func needsAStartToken() throws {
        Loading.expect(.invalidConfiguration, mentions: "decoder_start_token_id") {
            _ = try generation(["decoder_start_token_id": "", "bos_token_id": ""])
        }
        // The one that stands in must be in the vocabulary too.
        Loading.expect(.invalidConfiguration, mentions: "decoder_start_token_id") {
            _ = try generation(["decoder_start_token_id": "", "bos_token_id": "2000000000"])
        }
    }
}
