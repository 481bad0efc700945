#compdef dragoman

__dragoman_complete() {
    local -ar non_empty_completions=("${@:#(|:*)}")
    local -ar empty_completions=("${(M)@:#(|:*)}")
    _describe -V '' non_empty_completions -- empty_completions -P $'\'\''
}

__dragoman_custom_complete() {
    local -a completions
    completions=("${(@f)"$("${command_name}" "${@}" "${command_line[@]}")"}")
    if [[ "${#completions[@]}" -gt 1 ]]; then
        __dragoman_complete "${completions[@]:0:-1}"
    fi
}

__dragoman_cursor_index_in_current_word() {
    if [[ -z "${QIPREFIX}${IPREFIX}${PREFIX}" ]]; then
        printf 0
    else
        printf %s "${#${(z)LBUFFER}[-1]}"
    fi
}

_dragoman() {
    emulate -RL zsh -G
    setopt extendedglob nullglob numericglobsort
    unsetopt aliases banghist

    local -xr SAP_SHELL=zsh
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(builtin emulate zsh -c 'printf %s "${ZSH_VERSION}"')"
    local -r SAP_SHELL_VERSION

    local context state state_descr line
    local -A opt_args

    local -r command_name="${words[1]}"
    local -ar command_line=("${words[@]}")
    local -ir current_word_index="$((CURRENT - 1))"

    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'translate:Translate recordings on this machine, without Kafka.'
            'submit:Send recordings to the workers as one batch.'
            'gather:Wait for the results of a batch and print them in the order of its files.'
            'status:Say how a batch or a job is doing, without waiting.'
            'worker:Take jobs from Kafka, translate, write the results back.'
            'topics:Create the fleet'\''s topics, or check them.'
            'lag:Show how many jobs wait, by lane and partition.'
            'broker:Run a Kafka broker on this machine, for trying things out.'
            'convert:Pack a checkpoint into one file that is mapped as it stands.'
            'model:Look at models.'
            'bench:Measure how fast a model is on this machine.'
            'doctor:Check this machine, the model and the fleet, and say what to do about what is wrong.'
            'config:Show the settings.'
            'version:Show the versions of this program and its libraries, and the instruction set in use.'
            'completions:Print a script that completes commands and options in a shell.'
            'manual:Print the manual page, for man(1).'
            'help:Show subcommand help information.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        translate|submit|gather|status|worker|topics|lag|broker|convert|model|bench|doctor|config|version|completions|manual|help)
            "_dragoman_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_dragoman_translate() {
    local -i ret=1
    local -ar ___early_stopping=('true' 'false' 'never')
    local -ar ___log_format=('text' 'json')
    local -ar arg_specs=(
        '*:files:'
        '--model[Folder of the checkpoint, or a packed file.]:path:_files'
        '--threads[Threads that compute. All processes of a machine together should not exceed its processors.]:threads:'
        '--decoder-rows[Rows of a decoder step at most\: the beams of all utterances that are decoded together; 40 if not set. One with more is decoded alone.]:decoder-rows:'
        '--decoder-memory[Memory that utterances in the decoder may come to take together; 2147 if not set. One that needs more is decoded alone.]:megabytes:'
        '--target[Language to translate into, such as de or de_DE.]:language:'
        '--beams[Number of beams; 1 is greedy search.]:beams:'
        '--max-length[Most tokens of a translation, the start token included.]:max-length:'
        '--max-new-tokens[Most tokens of a translation without the start token.]:max-new-tokens:'
        '--length-penalty[Exponent of the length that a hypothesis'\'' score is divided by.]:length-penalty:'
        '--early-stopping[When beam search ends.]:early-stopping:{__dragoman_complete "${___early_stopping[@]}"}'
        '--no-repeat-ngram-size[Length of token sequences that may not occur twice; 0 allows all.]:no-repeat-ngram-size:'
        '--json[One JSON object a line\: file, text, tokens, scores, seconds, status, timings.]'
        '--config[Settings in YAML. (default\: what DRAGOMAN_CONFIG names)]:file:_files -g '\''*.yaml *.yml'\'''
        '--log-format[Form of the log on standard error.]:log-format:{__dragoman_complete "${___log_format[@]}"}'
        '--log-level[Least level that is logged\: trace, debug, info, notice, warning, error or critical.]:log-level:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_submit() {
    local -i ret=1
    local -ar ___manifest_format=('tsv' 'csv' 'jsonl')
    local -ar ___early_stopping=('true' 'false' 'never')
    local -ar ___lane=('jobs' 'bulk')
    local -ar ___format=('protobuf' 'json')
    local -ar ___log_format=('text' 'json')
    local -ar arg_specs=(
        '*:source:'
        '*--manifest[A table of recordings; - for standard input. Can be repeated.]:file:'
        '--manifest-format[Form of the manifests\: tsv, csv or jsonl. (default\: by the file'\''s suffix)]:format:{__dragoman_complete "${___manifest_format[@]}"}'
        '--null[Names on standard input end with NUL, as find -print0 writes them.]'
        '--target[Language to translate into, such as de or de_DE.]:language:'
        '--beams[Number of beams; 1 is greedy search.]:beams:'
        '--max-length[Most tokens of a translation, the start token included.]:max-length:'
        '--max-new-tokens[Most tokens of a translation without the start token.]:max-new-tokens:'
        '--length-penalty[Exponent of the length that a hypothesis'\'' score is divided by.]:length-penalty:'
        '--early-stopping[When beam search ends.]:early-stopping:{__dragoman_complete "${___early_stopping[@]}"}'
        '--no-repeat-ngram-size[Length of token sequences that may not occur twice; 0 allows all.]:no-repeat-ngram-size:'
        '--model[Name or digest of the model that must do the jobs. (default\: whichever the workers have)]:model:'
        '--source[Spoken language, for the reader of the results.]:language:'
        '*--label[Something to find in the results again. Can be repeated.]:key=value:'
        '--checksum[Have the workers check that the files have the contents they have now (SHA-256).]'
        '--probe[Read the files'\'' headers for the lengths of the recordings, for estimates.]'
        '--batch[Name of the batch. (default\: derived from its jobs)]:batch:'
        '--run[A number above the batch'\''s last repeats all of it. (default\: the batch'\''s last, 0 at first)]:number:'
        '--resume[Go on with a submit of this batch that broke.]'
        '--lane[Send to the workers'\'' queue for jobs that somebody waits for, or to the one for bulk.]:lane:{__dragoman_complete "${___lane[@]}"}'
        '--max-backlog[Wait while more jobs than this are waiting for the workers.]:jobs:'
        '--format[Encoding of jobs and results\: protobuf or json.]:format:{__dragoman_complete "${___format[@]}"}'
        '--dry-run[Check everything, say how much audio it is, and send nothing.]'
        '--json[Print what was done as JSON.]'
        '--no-progress[Show no progress.]'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but what went wrong.]'
        '--brokers[Kafka brokers.]:host\:port,...:'
        '--prefix[What the names of the fleet'\''s topics begin with. (default\: dragoman.)]:prefix:'
        '--kafka-config[librdkafka properties, one key=value a line; what '\''dragoman broker'\'' prints is such a file.]:file:_files'
        '*--kafka-option[A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.]:key=value:'
        '--group[Consumer group of the workers, one per model. (default\: the prefix without its dot)]:group:'
        '--config[Settings in YAML. (default\: what DRAGOMAN_CONFIG names)]:file:_files -g '\''*.yaml *.yml'\'''
        '--log-format[Form of the log on standard error.]:log-format:{__dragoman_complete "${___log_format[@]}"}'
        '--log-level[Least level that is logged\: trace, debug, info, notice, warning, error or critical.]:log-level:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_gather() {
    local -i ret=1
    local -ar ___format=('jsonl' 'tsv' 'csv' 'table' 'text')
    local -ar ___log_format=('text' 'json')
    local -ar arg_specs=(
        ':batch:'
        '--timeout[Longest wait. (default\: none)]:seconds:'
        '--format[Form of the results; text is a line for each job, empty where there is no translation. (default\: what the file'\''s name ends in, else table on a terminal and jsonl elsewhere)]:format:{__dragoman_complete "${___format[@]}"}'
        '--json[The same as --format jsonl.]'
        '(--output -o)'{--output,-o}'[Write the results there; the file is complete or not touched.]:file:'
        '--output-dir[Write the translations there, one text file for each recording.]:folder:'
        '--no-progress[Show no progress.]'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but what went wrong.]'
        '--brokers[Kafka brokers.]:host\:port,...:'
        '--prefix[What the names of the fleet'\''s topics begin with. (default\: dragoman.)]:prefix:'
        '--kafka-config[librdkafka properties, one key=value a line; what '\''dragoman broker'\'' prints is such a file.]:file:_files'
        '*--kafka-option[A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.]:key=value:'
        '--group[Consumer group of the workers, one per model. (default\: the prefix without its dot)]:group:'
        '--config[Settings in YAML. (default\: what DRAGOMAN_CONFIG names)]:file:_files -g '\''*.yaml *.yml'\'''
        '--log-format[Form of the log on standard error.]:log-format:{__dragoman_complete "${___log_format[@]}"}'
        '--log-level[Least level that is logged\: trace, debug, info, notice, warning, error or critical.]:log-level:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_status() {
    local -i ret=1
    local -ar ___log_format=('text' 'json')
    local -ar arg_specs=(
        ':batch|job:'
        '--json[One JSON object.]'
        '--brokers[Kafka brokers.]:host\:port,...:'
        '--prefix[What the names of the fleet'\''s topics begin with. (default\: dragoman.)]:prefix:'
        '--kafka-config[librdkafka properties, one key=value a line; what '\''dragoman broker'\'' prints is such a file.]:file:_files'
        '*--kafka-option[A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.]:key=value:'
        '--group[Consumer group of the workers, one per model. (default\: the prefix without its dot)]:group:'
        '--config[Settings in YAML. (default\: what DRAGOMAN_CONFIG names)]:file:_files -g '\''*.yaml *.yml'\'''
        '--log-format[Form of the log on standard error.]:log-format:{__dragoman_complete "${___log_format[@]}"}'
        '--log-level[Least level that is logged\: trace, debug, info, notice, warning, error or critical.]:log-level:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_worker() {
    local -i ret=1
    local -ar ___log_format=('text' 'json')
    local -ar arg_specs=(
        '--model[Folder of the checkpoint, or a packed file.]:path:_files'
        '--threads[Threads that compute. All processes of a machine together should not exceed its processors.]:threads:'
        '--decoder-rows[Rows of a decoder step at most\: the beams of all utterances that are decoded together; 40 if not set. One with more is decoded alone.]:decoder-rows:'
        '--decoder-memory[Memory that utterances in the decoder may come to take together; 2147 if not set. One that needs more is decoded alone.]:megabytes:'
        '*--audio-root[Folder under which file\: URIs may be read. Can be repeated.]:folder:'
        '--name[Name of this worker in results and logs. (default\: host name and process id)]:name:'
        '--in-flight[Jobs in flight at most\: audio is got ready ahead of the engine. (default\: 4)]:jobs:'
        '--grace[How long finishing the jobs in flight and leaving may take. (default\: 30)]:seconds:'
        '--brokers[Kafka brokers.]:host\:port,...:'
        '--prefix[What the names of the fleet'\''s topics begin with. (default\: dragoman.)]:prefix:'
        '--kafka-config[librdkafka properties, one key=value a line; what '\''dragoman broker'\'' prints is such a file.]:file:_files'
        '*--kafka-option[A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.]:key=value:'
        '--group[Consumer group of the workers, one per model. (default\: the prefix without its dot)]:group:'
        '--config[Settings in YAML. (default\: what DRAGOMAN_CONFIG names)]:file:_files -g '\''*.yaml *.yml'\'''
        '--log-format[Form of the log on standard error.]:log-format:{__dragoman_complete "${___log_format[@]}"}'
        '--log-level[Least level that is logged\: trace, debug, info, notice, warning, error or critical.]:log-level:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_topics() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'create:Create the topics that are missing, and add partitions where there are too few.'
            'check:Say for each topic whether it is as the fleet needs it, and how to mend what is not.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        create|check)
            "_dragoman_topics_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_dragoman_topics_create() {
    local -i ret=1
    local -ar ___log_format=('text' 'json')
    local -ar arg_specs=(
        '--partitions[Partitions of jobs, jobs.bulk and results\: at least twice the most workers you plan.]:count:'
        '--replication-factor[Brokers that keep each partition. (default\: the brokers'\'' own)]:count:'
        '*--topic-config[A setting of all topics that are created. Can be repeated.]:key=value:'
        '--dry-run[Say what would be done, and do nothing.]'
        '--json[One JSON object.]'
        '--brokers[Kafka brokers.]:host\:port,...:'
        '--prefix[What the names of the fleet'\''s topics begin with. (default\: dragoman.)]:prefix:'
        '--kafka-config[librdkafka properties, one key=value a line; what '\''dragoman broker'\'' prints is such a file.]:file:_files'
        '*--kafka-option[A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.]:key=value:'
        '--group[Consumer group of the workers, one per model. (default\: the prefix without its dot)]:group:'
        '--config[Settings in YAML. (default\: what DRAGOMAN_CONFIG names)]:file:_files -g '\''*.yaml *.yml'\'''
        '--log-format[Form of the log on standard error.]:log-format:{__dragoman_complete "${___log_format[@]}"}'
        '--log-level[Least level that is logged\: trace, debug, info, notice, warning, error or critical.]:log-level:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_topics_check() {
    local -i ret=1
    local -ar ___log_format=('text' 'json')
    local -ar arg_specs=(
        '--json[One JSON object.]'
        '--brokers[Kafka brokers.]:host\:port,...:'
        '--prefix[What the names of the fleet'\''s topics begin with. (default\: dragoman.)]:prefix:'
        '--kafka-config[librdkafka properties, one key=value a line; what '\''dragoman broker'\'' prints is such a file.]:file:_files'
        '*--kafka-option[A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.]:key=value:'
        '--group[Consumer group of the workers, one per model. (default\: the prefix without its dot)]:group:'
        '--config[Settings in YAML. (default\: what DRAGOMAN_CONFIG names)]:file:_files -g '\''*.yaml *.yml'\'''
        '--log-format[Form of the log on standard error.]:log-format:{__dragoman_complete "${___log_format[@]}"}'
        '--log-level[Least level that is logged\: trace, debug, info, notice, warning, error or critical.]:log-level:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_lag() {
    local -i ret=1
    local -ar ___log_format=('text' 'json')
    local -ar arg_specs=(
        '--watch[Read again every so many seconds, until Ctrl-C.]:seconds:'
        '--all[Show partitions without lag too.]'
        '--json[One JSON object a reading.]'
        '--brokers[Kafka brokers.]:host\:port,...:'
        '--prefix[What the names of the fleet'\''s topics begin with. (default\: dragoman.)]:prefix:'
        '--kafka-config[librdkafka properties, one key=value a line; what '\''dragoman broker'\'' prints is such a file.]:file:_files'
        '*--kafka-option[A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.]:key=value:'
        '--group[Consumer group of the workers, one per model. (default\: the prefix without its dot)]:group:'
        '--config[Settings in YAML. (default\: what DRAGOMAN_CONFIG names)]:file:_files -g '\''*.yaml *.yml'\'''
        '--log-format[Form of the log on standard error.]:log-format:{__dragoman_complete "${___log_format[@]}"}'
        '--log-level[Least level that is logged\: trace, debug, info, notice, warning, error or critical.]:log-level:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_broker() {
    local -i ret=1
    local -ar arg_specs=(
        '--partitions[Partitions of each topic.]:count:'
        '--prefix[What the names of the fleet'\''s topics begin with. (default\: dragoman.)]:prefix:'
        '--config[Settings in YAML. (default\: what DRAGOMAN_CONFIG names)]:file:_files -g '\''*.yaml *.yml'\'''
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_convert() {
    local -i ret=1
    local -ar ___precision=('f32' 'bf16' 'int8' 'mixed')
    local -ar arg_specs=(
        ':folder:_files -/'
        ':file:'
        '--precision[Precision of the linear layers.]:precision:{__dragoman_complete "${___precision[@]}"}'
        '--vocabulary[Keep only these tokens of the vocabulary.]:file:_files'
        '--no-progress[Show no progress.]'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but what went wrong.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_model() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'info:Say what a model is: a checkpoint'\''s folder or a packed file.'
            'verify:Compare a packed file with the digest it bears.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        info|verify)
            "_dragoman_model_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_dragoman_model_info() {
    local -i ret=1
    local -ar arg_specs=(
        ':model:'
        '--json[One JSON object.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_model_verify() {
    local -i ret=1
    local -ar arg_specs=(
        ':model:'
        '--no-progress[Show no progress.]'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but what went wrong.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_bench() {
    local -i ret=1
    local -ar arg_specs=(
        '--model[Folder of the checkpoint, or a packed file.]:path:_files'
        '--threads[Threads that compute. All processes of a machine together should not exceed its processors.]:threads:'
        '--seconds[Seconds of synthetic sound to translate; 10 if neither this nor --clip is given.]:seconds:'
        '--clip[A recording to translate instead.]:file:_files'
        '--beams[Number of beams.]:beams:'
        '--tokens[Tokens of a translation.]:tokens:'
        '--batch[Utterances translated together.]:batch:'
        '--repetitions[Measurements of each kind.]:repetitions:'
        '--json[One JSON object\: all measurements with median, least and most, in seconds.]'
        '--no-progress[Show no progress.]'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but what went wrong.]'
        '--config[Settings in YAML. (default\: what DRAGOMAN_CONFIG names)]:file:_files -g '\''*.yaml *.yml'\'''
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_doctor() {
    local -i ret=1
    local -ar ___log_format=('text' 'json')
    local -ar arg_specs=(
        '--model[Folder of the checkpoint, or a packed file.]:path:_files'
        '--threads[Threads that compute. All processes of a machine together should not exceed its processors.]:threads:'
        '*--audio-root[Folder with recordings. Can be repeated.]:folder:_files -/'
        '--json[One JSON object.]'
        '--brokers[Kafka brokers.]:host\:port,...:'
        '--prefix[What the names of the fleet'\''s topics begin with. (default\: dragoman.)]:prefix:'
        '--kafka-config[librdkafka properties, one key=value a line; what '\''dragoman broker'\'' prints is such a file.]:file:_files'
        '*--kafka-option[A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.]:key=value:'
        '--group[Consumer group of the workers, one per model. (default\: the prefix without its dot)]:group:'
        '--config[Settings in YAML. (default\: what DRAGOMAN_CONFIG names)]:file:_files -g '\''*.yaml *.yml'\'''
        '--log-format[Form of the log on standard error.]:log-format:{__dragoman_complete "${___log_format[@]}"}'
        '--log-level[Least level that is logged\: trace, debug, info, notice, warning, error or critical.]:log-level:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_config() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
        '(-): :->command'
        '(-)*:: :->arg'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0
    case "${state}" in
    command)
        local -ar subcommands=(
            'show:Print what is in force, and where it comes from. Secrets are masked.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        show)
            "_dragoman_config_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_dragoman_config_show() {
    local -i ret=1
    local -ar ___log_format=('text' 'json')
    local -ar arg_specs=(
        '--json[One JSON object.]'
        '--model[Folder of the checkpoint, or a packed file.]:path:_files'
        '--threads[Threads that compute. All processes of a machine together should not exceed its processors.]:threads:'
        '--decoder-rows[Rows of a decoder step at most\: the beams of all utterances that are decoded together; 40 if not set. One with more is decoded alone.]:decoder-rows:'
        '--decoder-memory[Memory that utterances in the decoder may come to take together; 2147 if not set. One that needs more is decoded alone.]:megabytes:'
        '--brokers[Kafka brokers.]:host\:port,...:'
        '--prefix[What the names of the fleet'\''s topics begin with. (default\: dragoman.)]:prefix:'
        '--kafka-config[librdkafka properties, one key=value a line; what '\''dragoman broker'\'' prints is such a file.]:file:_files'
        '*--kafka-option[A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.]:key=value:'
        '--group[Consumer group of the workers, one per model. (default\: the prefix without its dot)]:group:'
        '--config[Settings in YAML. (default\: what DRAGOMAN_CONFIG names)]:file:_files -g '\''*.yaml *.yml'\'''
        '--log-format[Form of the log on standard error.]:log-format:{__dragoman_complete "${___log_format[@]}"}'
        '--log-level[Least level that is logged\: trace, debug, info, notice, warning, error or critical.]:log-level:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_version() {
    local -i ret=1
    local -ar arg_specs=(
        '--json[One JSON object.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_completions() {
    local -i ret=1
    local -ar _shell=('bash' 'zsh' 'fish')
    local -ar arg_specs=(
        ':shell:{__dragoman_complete "${_shell[@]}"}'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_manual() {
    local -i ret=1
    local -ar arg_specs=(
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_help() {
    local -i ret=1
    local -ar arg_specs=(
        '*:subcommands:'
        '--version[Show the version.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

if [[ "${funcstack[1]}" = _dragoman ]]; then
    _dragoman "${@}"
else
    compdef _dragoman dragoman
fi
