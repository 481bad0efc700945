function __dragoman_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __dragoman_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __dragoman_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __dragoman_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __dragoman_parse_tokens -S
    set -l unparsed_tokens (__dragoman_tokens -pc)
    switch $unparsed_tokens[1]
    case 'dragoman'
        __dragoman_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'translate'
            __dragoman_parse_subcommand -r 1 'model=' 'threads=' 'decoder-rows=' 'decoder-memory=' 'target=' 'beams=' 'max-length=' 'max-new-tokens=' 'length-penalty=' 'early-stopping=' 'no-repeat-ngram-size=' 'json' 'config=' 'log-format=' 'log-level=' 'version' 'h/help'
        case 'submit'
            __dragoman_parse_subcommand -r 1 'manifest=+' 'manifest-format=' 'null' 'target=' 'beams=' 'max-length=' 'max-new-tokens=' 'length-penalty=' 'early-stopping=' 'no-repeat-ngram-size=' 'model=' 'source=' 'label=+' 'checksum' 'probe' 'batch=' 'run=' 'resume' 'lane=' 'max-backlog=' 'format=' 'dry-run' 'json' 'no-progress' 'q/quiet' 'brokers=' 'prefix=' 'kafka-config=' 'kafka-option=+' 'group=' 'config=' 'log-format=' 'log-level=' 'version' 'h/help'
        case 'gather'
            __dragoman_parse_subcommand 1 'timeout=' 'format=' 'json' 'o/output=' 'output-dir=' 'no-progress' 'q/quiet' 'brokers=' 'prefix=' 'kafka-config=' 'kafka-option=+' 'group=' 'config=' 'log-format=' 'log-level=' 'version' 'h/help'
        case 'status'
            __dragoman_parse_subcommand 1 'json' 'brokers=' 'prefix=' 'kafka-config=' 'kafka-option=+' 'group=' 'config=' 'log-format=' 'log-level=' 'version' 'h/help'
        case 'worker'
            __dragoman_parse_subcommand 0 'model=' 'threads=' 'decoder-rows=' 'decoder-memory=' 'audio-root=+' 'name=' 'in-flight=' 'grace=' 'brokers=' 'prefix=' 'kafka-config=' 'kafka-option=+' 'group=' 'config=' 'log-format=' 'log-level=' 'version' 'h/help'
        case 'topics'
            __dragoman_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'create'
                __dragoman_parse_subcommand 0 'partitions=' 'replication-factor=' 'topic-config=+' 'dry-run' 'json' 'brokers=' 'prefix=' 'kafka-config=' 'kafka-option=+' 'group=' 'config=' 'log-format=' 'log-level=' 'version' 'h/help'
            case 'check'
                __dragoman_parse_subcommand 0 'json' 'brokers=' 'prefix=' 'kafka-config=' 'kafka-option=+' 'group=' 'config=' 'log-format=' 'log-level=' 'version' 'h/help'
            end
        case 'lag'
            __dragoman_parse_subcommand 0 'watch=' 'all' 'json' 'brokers=' 'prefix=' 'kafka-config=' 'kafka-option=+' 'group=' 'config=' 'log-format=' 'log-level=' 'version' 'h/help'
        case 'broker'
            __dragoman_parse_subcommand 0 'partitions=' 'prefix=' 'config=' 'version' 'h/help'
        case 'convert'
            __dragoman_parse_subcommand 2 'precision=' 'vocabulary=' 'no-progress' 'q/quiet' 'version' 'h/help'
        case 'model'
            __dragoman_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'info'
                __dragoman_parse_subcommand 1 'json' 'version' 'h/help'
            case 'verify'
                __dragoman_parse_subcommand 1 'no-progress' 'q/quiet' 'version' 'h/help'
            end
        case 'bench'
            __dragoman_parse_subcommand 0 'model=' 'threads=' 'seconds=' 'clip=' 'beams=' 'tokens=' 'batch=' 'repetitions=' 'json' 'no-progress' 'q/quiet' 'config=' 'version' 'h/help'
        case 'doctor'
            __dragoman_parse_subcommand 0 'model=' 'threads=' 'audio-root=+' 'json' 'brokers=' 'prefix=' 'kafka-config=' 'kafka-option=+' 'group=' 'config=' 'log-format=' 'log-level=' 'version' 'h/help'
        case 'config'
            __dragoman_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'show'
                __dragoman_parse_subcommand 0 'json' 'model=' 'threads=' 'decoder-rows=' 'decoder-memory=' 'brokers=' 'prefix=' 'kafka-config=' 'kafka-option=+' 'group=' 'config=' 'log-format=' 'log-level=' 'version' 'h/help'
            end
        case 'version'
            __dragoman_parse_subcommand 0 'json' 'version' 'h/help'
        case 'completions'
            __dragoman_parse_subcommand 1 'version' 'h/help'
        case 'manual'
            __dragoman_parse_subcommand 0 'version' 'h/help'
        case 'help'
            __dragoman_parse_subcommand -r 1 'version'
        end
    end
end

function __dragoman_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __dragoman_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __dragoman_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __dragoman_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__dragoman_tokens -p)
    if test -z "$(__dragoman_tokens -t)"
        set -l index (count (__dragoman_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'dragoman' -f
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman" -eq 1' -fa 'translate' -d 'Translate recordings on this machine, without Kafka.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman" -eq 1' -fa 'submit' -d 'Send recordings to the workers as one batch.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman" -eq 1' -fa 'gather' -d 'Wait for the results of a batch and print them in the order of its files.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman" -eq 1' -fa 'status' -d 'Say how a batch or a job is doing, without waiting.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman" -eq 1' -fa 'worker' -d 'Take jobs from Kafka, translate, write the results back.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman" -eq 1' -fa 'topics' -d 'Create the fleet\'s topics, or check them.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman" -eq 1' -fa 'lag' -d 'Show how many jobs wait, by lane and partition.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman" -eq 1' -fa 'broker' -d 'Run a Kafka broker on this machine, for trying things out.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman" -eq 1' -fa 'convert' -d 'Pack a checkpoint into one file that is mapped as it stands.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman" -eq 1' -fa 'model' -d 'Look at models.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman" -eq 1' -fa 'bench' -d 'Measure how fast a model is on this machine.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman" -eq 1' -fa 'doctor' -d 'Check this machine, the model and the fleet, and say what to do about what is wrong.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman" -eq 1' -fa 'config' -d 'Show the settings.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman" -eq 1' -fa 'version' -d 'Show the versions of this program and its libraries, and the instruction set in use.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman" -eq 1' -fa 'completions' -d 'Print a script that completes commands and options in a shell.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman" -eq 1' -fa 'manual' -d 'Print the manual page, for man(1).'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman translate" model' -l 'model' -d 'Folder of the checkpoint, or a packed file.' -rF
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman translate" threads' -l 'threads' -d 'Threads that compute. All processes of a machine together should not exceed its processors.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman translate" decoder-rows' -l 'decoder-rows' -d 'Rows of a decoder step at most: the beams of all utterances that are decoded together; 40 if not set. One with more is decoded alone.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman translate" decoder-memory' -l 'decoder-memory' -d 'Memory that utterances in the decoder may come to take together; 2147 if not set. One that needs more is decoded alone.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman translate" target' -l 'target' -d 'Language to translate into, such as de or de_DE.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman translate" beams' -l 'beams' -d 'Number of beams; 1 is greedy search.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman translate" max-length' -l 'max-length' -d 'Most tokens of a translation, the start token included.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman translate" max-new-tokens' -l 'max-new-tokens' -d 'Most tokens of a translation without the start token.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman translate" length-penalty' -l 'length-penalty' -d 'Exponent of the length that a hypothesis\' score is divided by.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman translate" early-stopping' -l 'early-stopping' -d 'When beam search ends.' -rfka 'true false never'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman translate" no-repeat-ngram-size' -l 'no-repeat-ngram-size' -d 'Length of token sequences that may not occur twice; 0 allows all.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman translate" json' -l 'json' -d 'One JSON object a line: file, text, tokens, scores, seconds, status, timings.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman translate" config' -l 'config' -d 'Settings in YAML. (default: what DRAGOMAN_CONFIG names)' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman translate" log-format' -l 'log-format' -d 'Form of the log on standard error.' -rfka 'text json'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman translate" log-level' -l 'log-level' -d 'Least level that is logged: trace, debug, info, notice, warning, error or critical.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman translate" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman translate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit"' -l 'manifest' -d 'A table of recordings; - for standard input. Can be repeated.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" manifest-format' -l 'manifest-format' -d 'Form of the manifests: tsv, csv or jsonl. (default: by the file\'s suffix)' -rfka 'tsv csv jsonl'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" null' -l 'null' -d 'Names on standard input end with NUL, as find -print0 writes them.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" target' -l 'target' -d 'Language to translate into, such as de or de_DE.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" beams' -l 'beams' -d 'Number of beams; 1 is greedy search.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" max-length' -l 'max-length' -d 'Most tokens of a translation, the start token included.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" max-new-tokens' -l 'max-new-tokens' -d 'Most tokens of a translation without the start token.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" length-penalty' -l 'length-penalty' -d 'Exponent of the length that a hypothesis\' score is divided by.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" early-stopping' -l 'early-stopping' -d 'When beam search ends.' -rfka 'true false never'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" no-repeat-ngram-size' -l 'no-repeat-ngram-size' -d 'Length of token sequences that may not occur twice; 0 allows all.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" model' -l 'model' -d 'Name or digest of the model that must do the jobs. (default: whichever the workers have)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" source' -l 'source' -d 'Spoken language, for the reader of the results.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit"' -l 'label' -d 'Something to find in the results again. Can be repeated.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" checksum' -l 'checksum' -d 'Have the workers check that the files have the contents they have now (SHA-256).'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" probe' -l 'probe' -d 'Read the files\' headers for the lengths of the recordings, for estimates.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" batch' -l 'batch' -d 'Name of the batch. (default: derived from its jobs)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" run' -l 'run' -d 'A number above the batch\'s last repeats all of it. (default: the batch\'s last, 0 at first)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" resume' -l 'resume' -d 'Go on with a submit of this batch that broke.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" lane' -l 'lane' -d 'Send to the workers\' queue for jobs that somebody waits for, or to the one for bulk.' -rfka 'jobs bulk'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" max-backlog' -l 'max-backlog' -d 'Wait while more jobs than this are waiting for the workers.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" format' -l 'format' -d 'Encoding of jobs and results: protobuf or json.' -rfka 'protobuf json'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" dry-run' -l 'dry-run' -d 'Check everything, say how much audio it is, and send nothing.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" json' -l 'json' -d 'Print what was done as JSON.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" no-progress' -l 'no-progress' -d 'Show no progress.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but what went wrong.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" brokers' -l 'brokers' -d 'Kafka brokers.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" prefix' -l 'prefix' -d 'What the names of the fleet\'s topics begin with. (default: dragoman.)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" kafka-config' -l 'kafka-config' -d 'librdkafka properties, one key=value a line; what \'dragoman broker\' prints is such a file.' -rF
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit"' -l 'kafka-option' -d 'A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" group' -l 'group' -d 'Consumer group of the workers, one per model. (default: the prefix without its dot)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" config' -l 'config' -d 'Settings in YAML. (default: what DRAGOMAN_CONFIG names)' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" log-format' -l 'log-format' -d 'Form of the log on standard error.' -rfka 'text json'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" log-level' -l 'log-level' -d 'Least level that is logged: trace, debug, info, notice, warning, error or critical.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman submit" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman gather" timeout' -l 'timeout' -d 'Longest wait. (default: none)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman gather" format' -l 'format' -d 'Form of the results; text is a line for each job, empty where there is no translation. (default: what the file\'s name ends in, else table on a terminal and jsonl elsewhere)' -rfka 'jsonl tsv csv table text'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman gather" json' -l 'json' -d 'The same as --format jsonl.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman gather" o output' -l 'output' -s 'o' -d 'Write the results there; the file is complete or not touched.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman gather" output-dir' -l 'output-dir' -d 'Write the translations there, one text file for each recording.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman gather" no-progress' -l 'no-progress' -d 'Show no progress.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman gather" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but what went wrong.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman gather" brokers' -l 'brokers' -d 'Kafka brokers.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman gather" prefix' -l 'prefix' -d 'What the names of the fleet\'s topics begin with. (default: dragoman.)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman gather" kafka-config' -l 'kafka-config' -d 'librdkafka properties, one key=value a line; what \'dragoman broker\' prints is such a file.' -rF
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman gather"' -l 'kafka-option' -d 'A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman gather" group' -l 'group' -d 'Consumer group of the workers, one per model. (default: the prefix without its dot)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman gather" config' -l 'config' -d 'Settings in YAML. (default: what DRAGOMAN_CONFIG names)' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman gather" log-format' -l 'log-format' -d 'Form of the log on standard error.' -rfka 'text json'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman gather" log-level' -l 'log-level' -d 'Least level that is logged: trace, debug, info, notice, warning, error or critical.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman gather" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman gather" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman status" json' -l 'json' -d 'One JSON object.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman status" brokers' -l 'brokers' -d 'Kafka brokers.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman status" prefix' -l 'prefix' -d 'What the names of the fleet\'s topics begin with. (default: dragoman.)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman status" kafka-config' -l 'kafka-config' -d 'librdkafka properties, one key=value a line; what \'dragoman broker\' prints is such a file.' -rF
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman status"' -l 'kafka-option' -d 'A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman status" group' -l 'group' -d 'Consumer group of the workers, one per model. (default: the prefix without its dot)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman status" config' -l 'config' -d 'Settings in YAML. (default: what DRAGOMAN_CONFIG names)' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman status" log-format' -l 'log-format' -d 'Form of the log on standard error.' -rfka 'text json'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman status" log-level' -l 'log-level' -d 'Least level that is logged: trace, debug, info, notice, warning, error or critical.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman status" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman status" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman worker" model' -l 'model' -d 'Folder of the checkpoint, or a packed file.' -rF
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman worker" threads' -l 'threads' -d 'Threads that compute. All processes of a machine together should not exceed its processors.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman worker" decoder-rows' -l 'decoder-rows' -d 'Rows of a decoder step at most: the beams of all utterances that are decoded together; 40 if not set. One with more is decoded alone.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman worker" decoder-memory' -l 'decoder-memory' -d 'Memory that utterances in the decoder may come to take together; 2147 if not set. One that needs more is decoded alone.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman worker"' -l 'audio-root' -d 'Folder under which file: URIs may be read. Can be repeated.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman worker" name' -l 'name' -d 'Name of this worker in results and logs. (default: host name and process id)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman worker" in-flight' -l 'in-flight' -d 'Jobs in flight at most: audio is got ready ahead of the engine. (default: 4)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman worker" grace' -l 'grace' -d 'How long finishing the jobs in flight and leaving may take. (default: 30)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman worker" brokers' -l 'brokers' -d 'Kafka brokers.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman worker" prefix' -l 'prefix' -d 'What the names of the fleet\'s topics begin with. (default: dragoman.)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman worker" kafka-config' -l 'kafka-config' -d 'librdkafka properties, one key=value a line; what \'dragoman broker\' prints is such a file.' -rF
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman worker"' -l 'kafka-option' -d 'A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman worker" group' -l 'group' -d 'Consumer group of the workers, one per model. (default: the prefix without its dot)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman worker" config' -l 'config' -d 'Settings in YAML. (default: what DRAGOMAN_CONFIG names)' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman worker" log-format' -l 'log-format' -d 'Form of the log on standard error.' -rfka 'text json'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman worker" log-level' -l 'log-level' -d 'Least level that is logged: trace, debug, info, notice, warning, error or critical.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman worker" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman worker" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman topics" -eq 1' -fa 'create' -d 'Create the topics that are missing, and add partitions where there are too few.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman topics" -eq 1' -fa 'check' -d 'Say for each topic whether it is as the fleet needs it, and how to mend what is not.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics create" partitions' -l 'partitions' -d 'Partitions of jobs, jobs.bulk and results: at least twice the most workers you plan.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics create" replication-factor' -l 'replication-factor' -d 'Brokers that keep each partition. (default: the brokers\' own)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics create"' -l 'topic-config' -d 'A setting of all topics that are created. Can be repeated.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics create" dry-run' -l 'dry-run' -d 'Say what would be done, and do nothing.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics create" json' -l 'json' -d 'One JSON object.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics create" brokers' -l 'brokers' -d 'Kafka brokers.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics create" prefix' -l 'prefix' -d 'What the names of the fleet\'s topics begin with. (default: dragoman.)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics create" kafka-config' -l 'kafka-config' -d 'librdkafka properties, one key=value a line; what \'dragoman broker\' prints is such a file.' -rF
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics create"' -l 'kafka-option' -d 'A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics create" group' -l 'group' -d 'Consumer group of the workers, one per model. (default: the prefix without its dot)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics create" config' -l 'config' -d 'Settings in YAML. (default: what DRAGOMAN_CONFIG names)' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics create" log-format' -l 'log-format' -d 'Form of the log on standard error.' -rfka 'text json'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics create" log-level' -l 'log-level' -d 'Least level that is logged: trace, debug, info, notice, warning, error or critical.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics create" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics create" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics check" json' -l 'json' -d 'One JSON object.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics check" brokers' -l 'brokers' -d 'Kafka brokers.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics check" prefix' -l 'prefix' -d 'What the names of the fleet\'s topics begin with. (default: dragoman.)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics check" kafka-config' -l 'kafka-config' -d 'librdkafka properties, one key=value a line; what \'dragoman broker\' prints is such a file.' -rF
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics check"' -l 'kafka-option' -d 'A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics check" group' -l 'group' -d 'Consumer group of the workers, one per model. (default: the prefix without its dot)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics check" config' -l 'config' -d 'Settings in YAML. (default: what DRAGOMAN_CONFIG names)' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics check" log-format' -l 'log-format' -d 'Form of the log on standard error.' -rfka 'text json'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics check" log-level' -l 'log-level' -d 'Least level that is logged: trace, debug, info, notice, warning, error or critical.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics check" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman topics check" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman lag" watch' -l 'watch' -d 'Read again every so many seconds, until Ctrl-C.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman lag" all' -l 'all' -d 'Show partitions without lag too.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman lag" json' -l 'json' -d 'One JSON object a reading.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman lag" brokers' -l 'brokers' -d 'Kafka brokers.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman lag" prefix' -l 'prefix' -d 'What the names of the fleet\'s topics begin with. (default: dragoman.)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman lag" kafka-config' -l 'kafka-config' -d 'librdkafka properties, one key=value a line; what \'dragoman broker\' prints is such a file.' -rF
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman lag"' -l 'kafka-option' -d 'A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman lag" group' -l 'group' -d 'Consumer group of the workers, one per model. (default: the prefix without its dot)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman lag" config' -l 'config' -d 'Settings in YAML. (default: what DRAGOMAN_CONFIG names)' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman lag" log-format' -l 'log-format' -d 'Form of the log on standard error.' -rfka 'text json'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman lag" log-level' -l 'log-level' -d 'Least level that is logged: trace, debug, info, notice, warning, error or critical.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman lag" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman lag" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman broker" partitions' -l 'partitions' -d 'Partitions of each topic.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman broker" prefix' -l 'prefix' -d 'What the names of the fleet\'s topics begin with. (default: dragoman.)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman broker" config' -l 'config' -d 'Settings in YAML. (default: what DRAGOMAN_CONFIG names)' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman broker" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman broker" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman convert" -eq 1' -fa '(__dragoman_complete_directories)'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman convert" precision' -l 'precision' -d 'Precision of the linear layers.' -rfka 'f32 bf16 int8 mixed'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman convert" vocabulary' -l 'vocabulary' -d 'Keep only these tokens of the vocabulary.' -rF
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman convert" no-progress' -l 'no-progress' -d 'Show no progress.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman convert" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but what went wrong.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman convert" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman convert" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman model" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman model" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman model" -eq 1' -fa 'info' -d 'Say what a model is: a checkpoint\'s folder or a packed file.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman model" -eq 1' -fa 'verify' -d 'Compare a packed file with the digest it bears.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman model info" json' -l 'json' -d 'One JSON object.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman model info" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman model info" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman model verify" no-progress' -l 'no-progress' -d 'Show no progress.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman model verify" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but what went wrong.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman model verify" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman model verify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman bench" model' -l 'model' -d 'Folder of the checkpoint, or a packed file.' -rF
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman bench" threads' -l 'threads' -d 'Threads that compute. All processes of a machine together should not exceed its processors.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman bench" seconds' -l 'seconds' -d 'Seconds of synthetic sound to translate; 10 if neither this nor --clip is given.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman bench" clip' -l 'clip' -d 'A recording to translate instead.' -rF
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman bench" beams' -l 'beams' -d 'Number of beams.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman bench" tokens' -l 'tokens' -d 'Tokens of a translation.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman bench" batch' -l 'batch' -d 'Utterances translated together.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman bench" repetitions' -l 'repetitions' -d 'Measurements of each kind.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman bench" json' -l 'json' -d 'One JSON object: all measurements with median, least and most, in seconds.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman bench" no-progress' -l 'no-progress' -d 'Show no progress.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman bench" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but what went wrong.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman bench" config' -l 'config' -d 'Settings in YAML. (default: what DRAGOMAN_CONFIG names)' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman bench" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman bench" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman doctor" model' -l 'model' -d 'Folder of the checkpoint, or a packed file.' -rF
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman doctor" threads' -l 'threads' -d 'Threads that compute. All processes of a machine together should not exceed its processors.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman doctor"' -l 'audio-root' -d 'Folder with recordings. Can be repeated.' -rfa '(__dragoman_complete_directories)'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman doctor" json' -l 'json' -d 'One JSON object.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman doctor" brokers' -l 'brokers' -d 'Kafka brokers.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman doctor" prefix' -l 'prefix' -d 'What the names of the fleet\'s topics begin with. (default: dragoman.)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman doctor" kafka-config' -l 'kafka-config' -d 'librdkafka properties, one key=value a line; what \'dragoman broker\' prints is such a file.' -rF
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman doctor"' -l 'kafka-option' -d 'A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman doctor" group' -l 'group' -d 'Consumer group of the workers, one per model. (default: the prefix without its dot)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman doctor" config' -l 'config' -d 'Settings in YAML. (default: what DRAGOMAN_CONFIG names)' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman doctor" log-format' -l 'log-format' -d 'Form of the log on standard error.' -rfka 'text json'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman doctor" log-level' -l 'log-level' -d 'Least level that is logged: trace, debug, info, notice, warning, error or critical.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman doctor" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman doctor" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman config" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman config" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman config" -eq 1' -fa 'show' -d 'Print what is in force, and where it comes from. Secrets are masked.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman config show" json' -l 'json' -d 'One JSON object.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman config show" model' -l 'model' -d 'Folder of the checkpoint, or a packed file.' -rF
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman config show" threads' -l 'threads' -d 'Threads that compute. All processes of a machine together should not exceed its processors.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman config show" decoder-rows' -l 'decoder-rows' -d 'Rows of a decoder step at most: the beams of all utterances that are decoded together; 40 if not set. One with more is decoded alone.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman config show" decoder-memory' -l 'decoder-memory' -d 'Memory that utterances in the decoder may come to take together; 2147 if not set. One that needs more is decoded alone.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman config show" brokers' -l 'brokers' -d 'Kafka brokers.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman config show" prefix' -l 'prefix' -d 'What the names of the fleet\'s topics begin with. (default: dragoman.)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman config show" kafka-config' -l 'kafka-config' -d 'librdkafka properties, one key=value a line; what \'dragoman broker\' prints is such a file.' -rF
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman config show"' -l 'kafka-option' -d 'A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman config show" group' -l 'group' -d 'Consumer group of the workers, one per model. (default: the prefix without its dot)' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman config show" config' -l 'config' -d 'Settings in YAML. (default: what DRAGOMAN_CONFIG names)' -rfa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman config show" log-format' -l 'log-format' -d 'Form of the log on standard error.' -rfka 'text json'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman config show" log-level' -l 'log-level' -d 'Least level that is logged: trace, debug, info, notice, warning, error or critical.' -rfka ''
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman config show" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman config show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman version" json' -l 'json' -d 'One JSON object.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman version" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman version" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_positional "dragoman completions" -eq 1' -fka 'bash zsh fish'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman completions" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman completions" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman manual" version' -l 'version' -d 'Show the version.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman manual" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'dragoman' -n '__dragoman_should_offer_completions_for_flags_or_options "dragoman help" version' -l 'version' -d 'Show the version.'
