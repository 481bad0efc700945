extension ConfigurationReader {
    /// Generation settings that the engine does not implement, with the values that leave the output as it is. Others,
    /// such as `top_k` without sampling, have no effect on beam and greedy search.
    private static let inactiveValues: [String: [JSONValue]] = [
        "assistant_early_exit": [],
        "bad_words_ids": [.array([])],
        "begin_suppress_tokens": [.array([])],
        "constraints": [.array([])],
        "diversity_penalty": [.double(0), .integer(0)],
        "do_sample": [.boolean(false)],
        "dola_layers": [],
        "encoder_no_repeat_ngram_size": [.integer(0)],
        "encoder_repetition_penalty": [.double(1), .integer(1)],
        "exponential_decay_length_penalty": [],
        "force_words_ids": [.array([])],
        "guidance_scale": [.double(1), .integer(1)],
        "max_time": [],
        "min_length": [.integer(0)],
        "min_new_tokens": [.integer(0)],
        "num_beam_groups": [.integer(1)],
        "num_return_sequences": [.integer(1)],
        "penalty_alpha": [.double(0), .integer(0)],
        "prompt_lookup_num_tokens": [],
        "remove_invalid_values": [.boolean(false)],
        "renormalize_logits": [.boolean(false)],
        "repetition_penalty": [.double(1), .integer(1)],
        "sequence_bias": [],
        "stop_strings": [.array([])],
        "suppress_tokens": [.array([])],
        "token_healing": [.boolean(false)],
        "use_mtp": [.boolean(false)],
        "watermarking_config": [],
    ]

    /// The generation settings Hugging Face finds in a `config.json` (`GenerationConfig.from_model_config`).
    func generationSettings() throws(CheckpointError) -> ConfigurationReader {
        var settings = try object("decoder")?.members ?? [:]
        for (field, value) in members where value != .null { settings[field] = value }
        // What BART's configurations had before `forced_bos_token_id`.
        if value("force_bos_token_to_be_generated") == .boolean(true), let bos = value("bos_token_id") {
            settings["forced_bos_token_id"] = bos
        }
        return ConfigurationReader(path: path, members: settings)
    }

    /// Throws if a setting that the engine does not implement has an effect.
    func refuseUnsupportedSettings() throws(CheckpointError) {
        for (field, inactive) in Self.inactiveValues.sorted(by: { $0.key < $1.key }) {
            guard let value = value(field), !inactive.contains(value) else { continue }
            let expected = inactive.last.map { $0 == .array([]) ? "null" : "\($0)" } ?? "null"
            throw failure(.unsupportedConfiguration, field, expected: "\(expected): the engine does not implement it")
        }
    }

    /// A token id.
    func token(_ field: String, in range: ClosedRange<Int>) throws(CheckpointError) -> Int32? {
        try integer(field, in: range).map { Int32($0) }
    }

    /// One token id or several.
    func tokens(_ field: String, in range: ClosedRange<Int>) throws(CheckpointError) -> [Int32] {
        if case .array = value(field) { return try integers(field, in: range)?.map { Int32($0) } ?? [] }
        return try token(field, in: range).map { [$0] } ?? []
    }

    /// `true`, `false` or `"never"`.
    func earlyStopping(_ field: String) throws(CheckpointError) -> EarlyStopping {
        switch value(field) {
        case nil, .boolean(false): .no
        case .boolean(true): .yes
        case .string("never"): .never
        default: throw failure(field, expected: "true, false or \"never\"")
        }
    }
}
