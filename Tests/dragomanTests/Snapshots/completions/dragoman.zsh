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
            'segment:Show where somebody speaks in recordings, and where they would be cut.'
            'submit:Send recordings to the workers as one batch.'
            'gather:Wait for the results of a batch and print them in the order of its files.'
            'status:Say how a batch or a job is doing, without waiting.'
            'cancel:Call a batch or a job off.'
            'worker:Take jobs from Kafka, translate, write the results back.'
            'topics:Create the fleet'\''s topics, or check them.'
            'lag:Show how many jobs and how much audio wait, by lane and partition.'
            'exporter:Serve what waits as metrics for Prometheus.'
            'dead-letters:Look at the messages that were given up, send them again, or throw them away.'
            'broker:Run a Kafka broker on this machine, for trying things out.'
            'convert:Pack a checkpoint into one file that is mapped as it stands.'
            'model:Look at models.'
            'languages:Say what can be translated into what, and how well by the XLS-R paper.'
            'plan:Say how many workers translate so many hours of audio a day.'
            'bench:Measure how fast a model is on this machine.'
            'evaluate:Translate recordings that have references, and report how good the translations are.'
            'score:Compare translations with references: BLEU and chrF2, as sacreBLEU 2.6.0 computes them.'
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
        translate|segment|submit|gather|status|cancel|worker|topics|lag|exporter|dead-letters|broker|convert|model|languages|plan|bench|evaluate|score|doctor|config|version|completions|manual|help)
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
    local -ar ___segmentation=('whole' 'pauses' 'fixed' 'divide-and-conquer')
    local -ar ___format=('text' 'jsonl' 'tsv' 'srt' 'vtt')
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
        '--n-best[How many of the best hypotheses to give, at most as many as beams.]:n-best:'
        '--guards[Make a translation that repeats itself again without repetitions, and end one that has more tokens than anybody speaks in the time. (default\: for the segments of recordings that are cut; whole ones have Hugging Face'\''s tokens)]'
        '--no-guards[Make a translation that repeats itself again without repetitions, and end one that has more tokens than anybody speaks in the time. (default\: for the segments of recordings that are cut; whole ones have Hugging Face'\''s tokens)]'
        '--segmentation[Where recordings are cut that are longer than the longest segment\: at pauses near the target length (the default), by divide-and-conquer where speech is least likely, fixed at every target length, or not at all (whole). Given, recordings in which nobody speaks are not translated, however short.]:segmentation:{__dragoman_complete "${___segmentation[@]}"}'
        '--min-segment[Shortest segment. (default\: 1.5)]:seconds:'
        '--target-segment[Wanted length of a segment. (default\: 6)]:seconds:'
        '--max-segment[Longest segment. (default\: 20)]:seconds:'
        '--long-pause[Pause that ends a segment wherever it is. (default\: 0.5)]:seconds:'
        '--speech-threshold[Probability from which a window counts as speech. (default\: 0.5)]:number:'
        '--negative-threshold[Probability below which it does no more. (default\: 0.15 less than the threshold)]:number:'
        '--min-speech[Shortest stretch of speech that counts. (default\: 0.25)]:seconds:'
        '--min-silence[Shortest pause that ends a stretch of speech. (default\: 0.1)]:seconds:'
        '--speech-padding[Context kept on either side of speech. (default\: 0.2)]:seconds:'
        '--json[One JSON object a line\: file, text, tokens, scores, alternatives, seconds, segments, status, timings.]'
        '--format[Form of the translations\: text; jsonl, the same as --json; srt or vtt subtitles; or tsv, a line for each segment. (default\: text)]:format:{__dragoman_complete "${___format[@]}"}'
        '--output-dir[Write the translations there, a file for each recording.]:folder:'
        '--line-length[Columns of a line of subtitles. (default\: 42)]:number:'
        '--lines-together[Lines of subtitles shown together. (default\: 2)]:number:'
        '--reading-speed[Columns a second that a reader can take in\: subtitles stay for longer where there is room. (default\: 20)]:number:'
        '--config[Settings in YAML. (default\: what DRAGOMAN_CONFIG names)]:file:_files -g '\''*.yaml *.yml'\'''
        '--log-format[Form of the log on standard error.]:log-format:{__dragoman_complete "${___log_format[@]}"}'
        '--log-level[Least level that is logged\: trace, debug, info, notice, warning, error or critical.]:log-level:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_segment() {
    local -i ret=1
    local -ar ___segmentation=('whole' 'pauses' 'fixed' 'divide-and-conquer')
    local -ar arg_specs=(
        '*:files:'
        '--segmentation[Where recordings are cut that are longer than the longest segment\: at pauses near the target length (the default), by divide-and-conquer where speech is least likely, fixed at every target length, or not at all (whole). Given, recordings in which nobody speaks are not translated, however short.]:segmentation:{__dragoman_complete "${___segmentation[@]}"}'
        '--min-segment[Shortest segment. (default\: 1.5)]:seconds:'
        '--target-segment[Wanted length of a segment. (default\: 6)]:seconds:'
        '--max-segment[Longest segment. (default\: 20)]:seconds:'
        '--long-pause[Pause that ends a segment wherever it is. (default\: 0.5)]:seconds:'
        '--speech-threshold[Probability from which a window counts as speech. (default\: 0.5)]:number:'
        '--negative-threshold[Probability below which it does no more. (default\: 0.15 less than the threshold)]:number:'
        '--min-speech[Shortest stretch of speech that counts. (default\: 0.25)]:seconds:'
        '--min-silence[Shortest pause that ends a stretch of speech. (default\: 0.1)]:seconds:'
        '--speech-padding[Context kept on either side of speech. (default\: 0.2)]:seconds:'
        '--json[One JSON object a line for each file.]'
        '--probabilities[Give the probability that somebody speaks for every 32 ms; only with --json.]'
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
    local -ar ___segmentation=('whole' 'pauses' 'fixed' 'divide-and-conquer')
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
        '--n-best[How many of the best hypotheses to give, at most as many as beams.]:n-best:'
        '--guards[Make a translation that repeats itself again without repetitions, and end one that has more tokens than anybody speaks in the time. (default\: for the segments of recordings that are cut; whole ones have Hugging Face'\''s tokens)]'
        '--no-guards[Make a translation that repeats itself again without repetitions, and end one that has more tokens than anybody speaks in the time. (default\: for the segments of recordings that are cut; whole ones have Hugging Face'\''s tokens)]'
        '--segmentation[Where recordings are cut that are longer than the longest segment\: at pauses near the target length (the default), by divide-and-conquer where speech is least likely, fixed at every target length, or not at all (whole). Given, recordings in which nobody speaks are not translated, however short.]:segmentation:{__dragoman_complete "${___segmentation[@]}"}'
        '--min-segment[Shortest segment. (default\: 1.5)]:seconds:'
        '--target-segment[Wanted length of a segment. (default\: 6)]:seconds:'
        '--max-segment[Longest segment. (default\: 20)]:seconds:'
        '--long-pause[Pause that ends a segment wherever it is. (default\: 0.5)]:seconds:'
        '--speech-threshold[Probability from which a window counts as speech. (default\: 0.5)]:number:'
        '--negative-threshold[Probability below which it does no more. (default\: 0.15 less than the threshold)]:number:'
        '--min-speech[Shortest stretch of speech that counts. (default\: 0.25)]:seconds:'
        '--min-silence[Shortest pause that ends a stretch of speech. (default\: 0.1)]:seconds:'
        '--speech-padding[Context kept on either side of speech. (default\: 0.2)]:seconds:'
        '--model[Name or digest of the model that must do the jobs. (default\: whichever the workers have)]:model:'
        '--source[Spoken language, for the reader of the results.]:language:'
        '*--label[Something to find in the results again. Can be repeated.]:key=value:'
        '--deadline[When the results are of no use any more\: a time (2026-11-22T13\:40\:00Z), or so long from now (2h, 30m, 90s). What is not finished by then ends as DEADLINE_EXCEEDED.]:time:'
        '--checksum[Have the workers check that the files have the contents they have now (SHA-256).]'
        '--probe[Read the files'\'' headers for the lengths of the recordings, for estimates.]'
        '--batch[Name of the batch. (default\: derived from its jobs)]:batch:'
        '--run[A number above the batch'\''s last repeats all of it. (default\: the batch'\''s last, 0 at first)]:number:'
        '--resume[Go on with a submit of this batch that broke.]'
        '--lane[Send to the workers'\'' queue for jobs that somebody waits for, or to the one for bulk.]:lane:{__dragoman_complete "${___lane[@]}"}'
        '--max-backlog[Wait while more jobs than this are waiting for the workers.]:jobs:'
        '--format[Encoding of jobs and results. (default\: protobuf)]:format:{__dragoman_complete "${___format[@]}"}'
        '--dry-run[Check everything, say how much audio it is, and send nothing.]'
        '--json[Print what was done as JSON.]'
        '--s3-endpoint[Endpoint of object storage. (default\: AWS'\'' in the region)]:https\://host:'
        '--s3-region[Region of object storage. (default\: AWS_REGION, or us-east-1)]:region:'
        '--s3-path-style[The bucket goes into the path of URLs. (default\: where there is an endpoint)]'
        '--no-s3-path-style[The bucket goes into the path of URLs. (default\: where there is an endpoint)]'
        '--storage-ca[Certificates of authorities that storage is trusted by (PEM).]:file:_files'
        '--no-progress[Show no progress.]'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but what went wrong.]'
        '--brokers[Kafka brokers.]:host\:port,...:'
        '--prefix[What the names of the fleet'\''s topics begin with. (default\: dragoman.)]:prefix:'
        '--kafka-config[librdkafka properties, one key=value a line; what '\''dragoman broker'\'' prints is such a file.]:file:_files'
        '*--kafka-option[A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.]:key=value:'
        '--group[Consumer group of the workers, one per model. (default\: the prefix without its dot)]:group:'
        '--gateway[Go through the gateway there, not to the brokers.]:host\:port:'
        '--gateway-token-file[File of the token that the gateway asks for.]:file:_files'
        '--gateway-ca[Trust gateways that one of these has signed (PEM). (default\: the system'\''s authorities)]:file:_files'
        '--gateway-certificate[Show the gateway this certificate, and those that signed it (PEM).]:file:_files'
        '--gateway-key[The certificate'\''s private key (PEM).]:file:_files'
        '--gateway-plaintext[Talk to the gateway in the clear.]'
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
    local -ar ___format=('jsonl' 'tsv' 'csv' 'table' 'text' 'srt' 'vtt')
    local -ar ___log_format=('text' 'json')
    local -ar arg_specs=(
        ':batch:'
        '--timeout[Longest wait. (default\: none)]:seconds:'
        '--format[Form of the results; text is a line for each job, empty where there is no translation; srt and vtt are subtitles, with --output-dir. (default\: what the file'\''s name ends in, else table on a terminal and jsonl elsewhere; text with --output-dir)]:format:{__dragoman_complete "${___format[@]}"}'
        '--json[The same as --format jsonl.]'
        '(--output -o)'{--output,-o}'[Write the results there; the file is complete or not touched.]:file:'
        '--output-dir[Write the translations there, a file for each recording.]:folder:'
        '--line-length[Columns of a line of subtitles. (default\: 42)]:number:'
        '--lines-together[Lines of subtitles shown together. (default\: 2)]:number:'
        '--reading-speed[Columns a second that a reader can take in\: subtitles stay for longer where there is room. (default\: 20)]:number:'
        '--no-progress[Show no progress.]'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but what went wrong.]'
        '--brokers[Kafka brokers.]:host\:port,...:'
        '--prefix[What the names of the fleet'\''s topics begin with. (default\: dragoman.)]:prefix:'
        '--kafka-config[librdkafka properties, one key=value a line; what '\''dragoman broker'\'' prints is such a file.]:file:_files'
        '*--kafka-option[A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.]:key=value:'
        '--group[Consumer group of the workers, one per model. (default\: the prefix without its dot)]:group:'
        '--gateway[Go through the gateway there, not to the brokers.]:host\:port:'
        '--gateway-token-file[File of the token that the gateway asks for.]:file:_files'
        '--gateway-ca[Trust gateways that one of these has signed (PEM). (default\: the system'\''s authorities)]:file:_files'
        '--gateway-certificate[Show the gateway this certificate, and those that signed it (PEM).]:file:_files'
        '--gateway-key[The certificate'\''s private key (PEM).]:file:_files'
        '--gateway-plaintext[Talk to the gateway in the clear.]'
        '--config[Settings in YAML. (default\: what DRAGOMAN_CONFIG names)]:file:_files -g '\''*.yaml *.yml'\'''
        '--log-format[Form of the log on standard error.]:log-format:{__dragoman_complete "${___log_format[@]}"}'
        '--log-level[Least level that is logged\: trace, debug, info, notice, warning, error or critical.]:log-level:'
        '--tracing-endpoint[Collector that spans are sent to by OTLP over HTTP, such as http\://collector\:4318. (default\: none)]:url:'
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
        '--gateway[Go through the gateway there, not to the brokers.]:host\:port:'
        '--gateway-token-file[File of the token that the gateway asks for.]:file:_files'
        '--gateway-ca[Trust gateways that one of these has signed (PEM). (default\: the system'\''s authorities)]:file:_files'
        '--gateway-certificate[Show the gateway this certificate, and those that signed it (PEM).]:file:_files'
        '--gateway-key[The certificate'\''s private key (PEM).]:file:_files'
        '--gateway-plaintext[Talk to the gateway in the clear.]'
        '--config[Settings in YAML. (default\: what DRAGOMAN_CONFIG names)]:file:_files -g '\''*.yaml *.yml'\'''
        '--log-format[Form of the log on standard error.]:log-format:{__dragoman_complete "${___log_format[@]}"}'
        '--log-level[Least level that is logged\: trace, debug, info, notice, warning, error or critical.]:log-level:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_cancel() {
    local -i ret=1
    local -ar ___log_format=('text' 'json')
    local -ar arg_specs=(
        ':batch|job:'
        '--job[The id is a job'\''s, whether there is such a job yet or not.]'
        '--run[The highest run that is called off. (default\: the highest there is)]:number:'
        '--reason[Why; the jobs'\'' results say it.]:text:'
        '--wait[Wait until every job has a result, for so long at most.]:seconds:'
        '--json[One JSON object.]'
        '--no-progress[Show no progress.]'
        '(--quiet -q)'{--quiet,-q}'[Say nothing but what went wrong.]'
        '--brokers[Kafka brokers.]:host\:port,...:'
        '--prefix[What the names of the fleet'\''s topics begin with. (default\: dragoman.)]:prefix:'
        '--kafka-config[librdkafka properties, one key=value a line; what '\''dragoman broker'\'' prints is such a file.]:file:_files'
        '*--kafka-option[A librdkafka property; KEY.file=PATH takes a secret from a file. Can be repeated.]:key=value:'
        '--group[Consumer group of the workers, one per model. (default\: the prefix without its dot)]:group:'
        '--gateway[Go through the gateway there, not to the brokers.]:host\:port:'
        '--gateway-token-file[File of the token that the gateway asks for.]:file:_files'
        '--gateway-ca[Trust gateways that one of these has signed (PEM). (default\: the system'\''s authorities)]:file:_files'
        '--gateway-certificate[Show the gateway this certificate, and those that signed it (PEM).]:file:_files'
        '--gateway-key[The certificate'\''s private key (PEM).]:file:_files'
        '--gateway-plaintext[Talk to the gateway in the clear.]'
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
        '*--audio-root[Folder under which file\: URIs may be read. Can be repeated.]:folder:_files -/'
        '*--s3-bucket[Bucket that s3\: URIs may name. Can be repeated. (default\: all that the keys give access to)]:bucket:'
        '*--http-host[Host that http\: and https\: URIs may name, *.example.com for all below. Can be repeated.]:host:'
        '--http-private-addresses[http\: and https\: URIs may lead to private and local addresses.]'
        '--no-http-private-addresses[http\: and https\: URIs may lead to private and local addresses.]'
        '--audio-cache[Folder for fetched audio, which the workers of a machine share.]:folder:_files -/'
        '--audio-cache-size[Audio that stays in that folder. (default\: 10000)]:megabytes:'
        '--audio-size-limit[Largest recording that is fetched. (default\: 4000)]:megabytes:'
        '--audio-time-limit[How long fetching a recording may take. (default\: 900)]:seconds:'
        '--output[Write each result there as well, as JSON, before it is published\: s3\://BUCKET/… or file\:///…, with {job_id}, {batch_id} and {run}. Nothing is written over.]:uri:'
        '--s3-endpoint[Endpoint of object storage. (default\: AWS'\'' in the region)]:https\://host:'
        '--s3-region[Region of object storage. (default\: AWS_REGION, or us-east-1)]:region:'
        '--s3-path-style[The bucket goes into the path of URLs. (default\: where there is an endpoint)]'
        '--no-s3-path-style[The bucket goes into the path of URLs. (default\: where there is an endpoint)]'
        '--storage-ca[Certificates of authorities that storage is trusted by (PEM).]:file:_files'
        '--name[Name of this worker in results and logs. (default\: host name and process id)]:name:'
        '--in-flight[Jobs in flight at most\: audio is got ready ahead of the engine. (default\: 4)]:jobs:'
        '--grace[How long finishing the jobs in flight and leaving may take. (default\: 30)]:seconds:'
        '--attempt-limit[How long one attempt at a job may take; then it is tried again later. (default\: 3600)]:seconds:'
        '--audio-memory[Decoded audio that the jobs in flight may hold together. (default\: 1000)]:megabytes:'
        '--standstill-limit[How long the engine or the poll loop may stand still before the process ends itself. (default\: 300)]:seconds:'
        '--http-listen[Address to serve /metrics, /healthz, /readyz and /startupz at; port 0 has the system choose one.]:host\:port:'
        '--tracing-endpoint[Collector that spans are sent to by OTLP over HTTP, such as http\://collector\:4318. (default\: none)]:url:'
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
        '--partitions[Partitions of jobs, jobs.bulk, results and retries\: at least twice the most workers you plan.]:count:'
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
        '--gateway[Go through the gateway there, not to the brokers.]:host\:port:'
        '--gateway-token-file[File of the token that the gateway asks for.]:file:_files'
        '--gateway-ca[Trust gateways that one of these has signed (PEM). (default\: the system'\''s authorities)]:file:_files'
        '--gateway-certificate[Show the gateway this certificate, and those that signed it (PEM).]:file:_files'
        '--gateway-key[The certificate'\''s private key (PEM).]:file:_files'
        '--gateway-plaintext[Talk to the gateway in the clear.]'
        '--config[Settings in YAML. (default\: what DRAGOMAN_CONFIG names)]:file:_files -g '\''*.yaml *.yml'\'''
        '--log-format[Form of the log on standard error.]:log-format:{__dragoman_complete "${___log_format[@]}"}'
        '--log-level[Least level that is logged\: trace, debug, info, notice, warning, error or critical.]:log-level:'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_exporter() {
    local -i ret=1
    local -ar ___log_format=('text' 'json')
    local -ar arg_specs=(
        '--interval[From one reading to the next. (default\: 15.0)]:seconds:'
        '--window[How far back results tell how fast the workers are. (default\: 300.0)]:seconds:'
        '--stuck-after[How long jobs may wait in a partition without any sign of work until it is stuck. (default\: 900.0)]:seconds:'
        '--http-listen[Address to serve /metrics, /healthz, /readyz and /startupz at; port 0 has the system choose one.]:host\:port:'
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

_dragoman_dead-letters() {
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
            'list:List dead letters, the oldest of each partition first.'
            'show:Show a dead letter: why it is one, its headers, and the job or the beginning of the bytes.'
            'replay:Send dead letters to the workers again.'
            'purge:Throw dead letters away.'
        )
        _describe -V subcommand subcommands && ret=0
        ;;
    arg)
        case "${words[1]}" in
        list|show|replay|purge)
            "_dragoman_dead-letters_${words[1]}" && ret=0
            ;;
        esac
        ;;
    esac

    return "${ret}"
}

_dragoman_dead-letters_list() {
    local -i ret=1
    local -ar ___class=('unreadable' 'permanent' 'transient' 'lethal')
    local -ar ___lane=('jobs' 'bulk')
    local -ar ___log_format=('text' 'json')
    local -ar arg_specs=(
        '--batch[Jobs of this batch.]:id:'
        '--job[This job.]:id:'
        '--reason[Given up for this reason, such as STORAGE_UNAVAILABLE.]:reason:'
        '--class[Of this class of failure\: unreadable, permanent, transient, lethal.]:class:{__dragoman_complete "${___class[@]}"}'
        '--worker[Given up by this worker.]:name:'
        '--lane[Submitted to this lane\: jobs or bulk.]:lane:{__dragoman_complete "${___lane[@]}"}'
        '--topic[Submitted to the topic of this name.]:name:'
        '--since[Given up at that time (2026-11-22T13\:40\:00Z) or later, or in the last 2h.]:time:'
        '--until[Given up before that time, or longer than 2h ago.]:time:'
        '--limit[List so many at most.]:count:'
        '--all[List those too that were replayed or purged.]'
        '--json[One JSON object for each.]'
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

_dragoman_dead-letters_show() {
    local -i ret=1
    local -ar ___log_format=('text' 'json')
    local -ar arg_specs=(
        ':id|partition/offset:'
        '--json[One JSON object for each, with the bytes in Base64.]'
        '--raw[The original bytes.]'
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

_dragoman_dead-letters_replay() {
    local -i ret=1
    local -ar ___class=('unreadable' 'permanent' 'transient' 'lethal')
    local -ar ___lane=('jobs' 'bulk')
    local -ar ___log_format=('text' 'json')
    local -ar arg_specs=(
        '*:id|partition/offset:'
        '--batch[Jobs of this batch.]:id:'
        '--job[This job.]:id:'
        '--reason[Given up for this reason, such as STORAGE_UNAVAILABLE.]:reason:'
        '--class[Of this class of failure\: unreadable, permanent, transient, lethal.]:class:{__dragoman_complete "${___class[@]}"}'
        '--worker[Given up by this worker.]:name:'
        '--lane[Submitted to this lane\: jobs or bulk.]:lane:{__dragoman_complete "${___lane[@]}"}'
        '--topic[Submitted to the topic of this name.]:name:'
        '--since[Given up at that time (2026-11-22T13\:40\:00Z) or later, or in the last 2h.]:time:'
        '--until[Given up before that time, or longer than 2h ago.]:time:'
        '--all[All there are.]'
        '--limit[Send so many at most, the oldest of each partition first.]:count:'
        '--again[Send those too that were replayed before.]'
        '--raw[Send messages that can'\''t be read too, as they are.]'
        '--dry-run[Say what would be sent, and send nothing.]'
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

_dragoman_dead-letters_purge() {
    local -i ret=1
    local -ar ___class=('unreadable' 'permanent' 'transient' 'lethal')
    local -ar ___lane=('jobs' 'bulk')
    local -ar ___log_format=('text' 'json')
    local -ar arg_specs=(
        '*:id|partition/offset:'
        '--batch[Jobs of this batch.]:id:'
        '--job[This job.]:id:'
        '--reason[Given up for this reason, such as STORAGE_UNAVAILABLE.]:reason:'
        '--class[Of this class of failure\: unreadable, permanent, transient, lethal.]:class:{__dragoman_complete "${___class[@]}"}'
        '--worker[Given up by this worker.]:name:'
        '--lane[Submitted to this lane\: jobs or bulk.]:lane:{__dragoman_complete "${___lane[@]}"}'
        '--topic[Submitted to the topic of this name.]:name:'
        '--since[Given up at that time (2026-11-22T13\:40\:00Z) or later, or in the last 2h.]:time:'
        '--until[Given up before that time, or longer than 2h ago.]:time:'
        '--all[All there are.]'
        '(--yes -y)'{--yes,-y}'[Don'\''t ask.]'
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

_dragoman_languages() {
    local -i ret=1
    local -ar arg_specs=(
        '--model[Those of one model\: a checkpoint'\''s folder or a packed file.]:path:_files'
        '--json[One JSON object.]'
        '--version[Show the version.]'
        '(-h --help)'{-h,--help}'[Show help information.]'
    )
    _arguments -w -s -S : "${arg_specs[@]}" && ret=0

    return "${ret}"
}

_dragoman_plan() {
    local -i ret=1
    local -ar ___precision=('f32' 'bf16' 'int8' 'mixed')
    local -ar arg_specs=(
        '--hours-per-day[Audio a day.]:hours:'
        '--model[A checkpoint'\''s folder, a packed file, or 300m, 1b or 2b.]:model:_files'
        '--precision[Precision it is packed in. (default\: the file'\''s, f32 for a folder, else mixed)]:precision:{__dragoman_complete "${___precision[@]}"}'
        '--threads[Threads of a worker.]:count:'
        '--window[Hours of a day in which the audio of that day is translated.]:hours:'
        '--utilization[Share of its time that a worker is busy.]:share:'
        '--tokens-per-second[Tokens of the translation for a second of audio.]:tokens:'
        '--worker-seconds[Seconds that a worker takes for a second of audio, where you have measured it.]:seconds:'
        '--drain[Seconds in which the autoscaler is to empty the queue.]:seconds:'
        '--json[One JSON object.]'
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

_dragoman_evaluate() {
    local -i ret=1
    local -ar ___tokenize=('13a' 'zh' 'char' 'none')
    local -ar ___early_stopping=('true' 'false' 'never')
    local -ar ___lane=('jobs' 'bulk')
    local -ar ___log_format=('text' 'json')
    local -ar arg_specs=(
        '*:manifest:_files'
        '(--output -o)'{--output,-o}'[Folder for results and report.]:folder:'
        '--through-fleet[Have the fleet'\''s workers translate, instead of a model on this machine.]'
        '--results[Translate nothing\: take the results of another evaluation.]:path:_files'
        '--baseline[Compare with this, by paired bootstrap\: a model, or the results of another evaluation.]:path:_files'
        '--clips[Where relative paths begin; itself, where it is relative, at the manifest'\''s folder. (default\: there)]:folder:'
        '--source[Spoken language, where the manifest does not say.]:language:'
        '--split[Lines of this split alone, by the column split.]:name:'
        '--limit[At most so many recordings of each direction, the first ones.]:number:'
        '--tokenize[How BLEU cuts segments into words\: 13a, zh, char or none. (default\: 13a; for recordings zh into Chinese and char into Japanese)]:name:{__dragoman_complete "${___tokenize[@]}"}'
        '--bootstrap[Samples of the paired bootstrap.]:number:'
        '--seed[Where the generator of the samples begins.]:number:'
        '--worst[Sentences among the worst in the report.]:number:'
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
        '--lane[Send to the workers'\'' queue for jobs that somebody waits for, or to the one for bulk.]:lane:{__dragoman_complete "${___lane[@]}"}'
        '--timeout[Longest wait for the fleet. (default\: none)]:seconds:'
        '--json[Print the report as JSON, instead of a table.]'
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

_dragoman_score() {
    local -i ret=1
    local -ar ___tokenize=('13a' 'zh' 'char' 'none')
    local -ar arg_specs=(
        '--reference[What the segments should have become.]:file:_files'
        '--hypothesis[What they became; one file for each system.]:file:_files'
        '--tokenize[How BLEU cuts segments into words\: 13a, zh, char or none. (default\: 13a; for recordings zh into Chinese and char into Japanese)]:name:{__dragoman_complete "${___tokenize[@]}"}'
        '--bootstrap[Samples of the paired bootstrap.]:number:'
        '--seed[Where the generator of the samples begins.]:number:'
        '--chrf-eps-smoothing[Orders of chrF2 that a text is too short for count as next to nothing, as in chrF++.py.]'
        '--width[Decimals of the scores.]:number:'
        '--json[One JSON object for each file of translations, with all digits.]'
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
        '--s3-endpoint[Endpoint of object storage. (default\: AWS'\'' in the region)]:https\://host:'
        '--s3-region[Region of object storage. (default\: AWS_REGION, or us-east-1)]:region:'
        '--s3-path-style[The bucket goes into the path of URLs. (default\: where there is an endpoint)]'
        '--no-s3-path-style[The bucket goes into the path of URLs. (default\: where there is an endpoint)]'
        '--storage-ca[Certificates of authorities that storage is trusted by (PEM).]:file:_files'
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
