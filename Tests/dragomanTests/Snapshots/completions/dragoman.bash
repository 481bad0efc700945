#!/bin/bash

__dragoman_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__dragoman_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__dragoman_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__dragoman_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_dragoman() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __dragoman_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    translate|segment|submit|gather|status|cancel|worker|topics|lag|exporter|dead-letters|broker|convert|model|languages|plan|bench|evaluate|score|doctor|config|version|completions|manual|help)
        # Offer subcommand argument completions
        "_dragoman_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'translate segment submit gather status cancel worker topics lag exporter dead-letters broker convert model languages plan bench evaluate score doctor config version completions manual help' -- "${cur}"))
        ;;
    esac
}

_dragoman_translate() {
    repeating_flags=()
    non_repeating_flags=(--guards --no-guards --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--model --threads --decoder-rows --decoder-memory --target --beams --max-length --max-new-tokens --length-penalty --early-stopping --no-repeat-ngram-size --n-best --segmentation --min-segment --target-segment --max-segment --long-pause --speech-threshold --negative-threshold --min-speech --min-silence --speech-padding --format --output-dir --line-length --lines-together --reading-speed --config --log-format --log-level)
    __dragoman_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--model')
        __dragoman_add_completions -f
        return
        ;;
    '--threads')
        return
        ;;
    '--decoder-rows')
        return
        ;;
    '--decoder-memory')
        return
        ;;
    '--target')
        return
        ;;
    '--beams')
        return
        ;;
    '--max-length')
        return
        ;;
    '--max-new-tokens')
        return
        ;;
    '--length-penalty')
        return
        ;;
    '--early-stopping')
        __dragoman_add_completions -W 'true'$'\n''false'$'\n''never'
        return
        ;;
    '--no-repeat-ngram-size')
        return
        ;;
    '--n-best')
        return
        ;;
    '--segmentation')
        __dragoman_add_completions -W 'whole'$'\n''pauses'$'\n''fixed'$'\n''divide-and-conquer'
        return
        ;;
    '--min-segment')
        return
        ;;
    '--target-segment')
        return
        ;;
    '--max-segment')
        return
        ;;
    '--long-pause')
        return
        ;;
    '--speech-threshold')
        return
        ;;
    '--negative-threshold')
        return
        ;;
    '--min-speech')
        return
        ;;
    '--min-silence')
        return
        ;;
    '--speech-padding')
        return
        ;;
    '--format')
        __dragoman_add_completions -W 'text'$'\n''jsonl'$'\n''tsv'$'\n''srt'$'\n''vtt'
        return
        ;;
    '--output-dir')
        return
        ;;
    '--line-length')
        return
        ;;
    '--lines-together')
        return
        ;;
    '--reading-speed')
        return
        ;;
    '--config')
        __dragoman_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--log-format')
        __dragoman_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--log-level')
        return
        ;;
    esac
}

_dragoman_segment() {
    repeating_flags=()
    non_repeating_flags=(--json --probabilities --version -h --help)
    repeating_options=()
    non_repeating_options=(--segmentation --min-segment --target-segment --max-segment --long-pause --speech-threshold --negative-threshold --min-speech --min-silence --speech-padding)
    __dragoman_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--segmentation')
        __dragoman_add_completions -W 'whole'$'\n''pauses'$'\n''fixed'$'\n''divide-and-conquer'
        return
        ;;
    '--min-segment')
        return
        ;;
    '--target-segment')
        return
        ;;
    '--max-segment')
        return
        ;;
    '--long-pause')
        return
        ;;
    '--speech-threshold')
        return
        ;;
    '--negative-threshold')
        return
        ;;
    '--min-speech')
        return
        ;;
    '--min-silence')
        return
        ;;
    '--speech-padding')
        return
        ;;
    esac
}

_dragoman_submit() {
    repeating_flags=()
    non_repeating_flags=(--null --guards --no-guards --checksum --probe --resume --dry-run --json --s3-path-style --no-s3-path-style --no-progress --quiet -q --gateway-plaintext --version -h --help)
    repeating_options=(--manifest --label --kafka-option)
    non_repeating_options=(--manifest-format --target --beams --max-length --max-new-tokens --length-penalty --early-stopping --no-repeat-ngram-size --n-best --segmentation --min-segment --target-segment --max-segment --long-pause --speech-threshold --negative-threshold --min-speech --min-silence --speech-padding --model --source --deadline --batch --run --lane --max-backlog --format --s3-endpoint --s3-region --storage-ca --brokers --prefix --kafka-config --group --gateway --gateway-token-file --gateway-ca --gateway-certificate --gateway-key --config --log-format --log-level)
    __dragoman_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--manifest')
        return
        ;;
    '--manifest-format')
        __dragoman_add_completions -W 'tsv'$'\n''csv'$'\n''jsonl'
        return
        ;;
    '--target')
        return
        ;;
    '--beams')
        return
        ;;
    '--max-length')
        return
        ;;
    '--max-new-tokens')
        return
        ;;
    '--length-penalty')
        return
        ;;
    '--early-stopping')
        __dragoman_add_completions -W 'true'$'\n''false'$'\n''never'
        return
        ;;
    '--no-repeat-ngram-size')
        return
        ;;
    '--n-best')
        return
        ;;
    '--segmentation')
        __dragoman_add_completions -W 'whole'$'\n''pauses'$'\n''fixed'$'\n''divide-and-conquer'
        return
        ;;
    '--min-segment')
        return
        ;;
    '--target-segment')
        return
        ;;
    '--max-segment')
        return
        ;;
    '--long-pause')
        return
        ;;
    '--speech-threshold')
        return
        ;;
    '--negative-threshold')
        return
        ;;
    '--min-speech')
        return
        ;;
    '--min-silence')
        return
        ;;
    '--speech-padding')
        return
        ;;
    '--model')
        return
        ;;
    '--source')
        return
        ;;
    '--label')
        return
        ;;
    '--deadline')
        return
        ;;
    '--batch')
        return
        ;;
    '--run')
        return
        ;;
    '--lane')
        __dragoman_add_completions -W 'jobs'$'\n''bulk'
        return
        ;;
    '--max-backlog')
        return
        ;;
    '--format')
        __dragoman_add_completions -W 'protobuf'$'\n''json'
        return
        ;;
    '--s3-endpoint')
        return
        ;;
    '--s3-region')
        return
        ;;
    '--storage-ca')
        __dragoman_add_completions -f
        return
        ;;
    '--brokers')
        return
        ;;
    '--prefix')
        return
        ;;
    '--kafka-config')
        __dragoman_add_completions -f
        return
        ;;
    '--kafka-option')
        return
        ;;
    '--group')
        return
        ;;
    '--gateway')
        return
        ;;
    '--gateway-token-file')
        __dragoman_add_completions -f
        return
        ;;
    '--gateway-ca')
        __dragoman_add_completions -f
        return
        ;;
    '--gateway-certificate')
        __dragoman_add_completions -f
        return
        ;;
    '--gateway-key')
        __dragoman_add_completions -f
        return
        ;;
    '--config')
        __dragoman_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--log-format')
        __dragoman_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--log-level')
        return
        ;;
    esac
}

_dragoman_gather() {
    repeating_flags=()
    non_repeating_flags=(--json --no-progress --quiet -q --gateway-plaintext --version -h --help)
    repeating_options=(--kafka-option)
    non_repeating_options=(--timeout --format --output -o --output-dir --line-length --lines-together --reading-speed --brokers --prefix --kafka-config --group --gateway --gateway-token-file --gateway-ca --gateway-certificate --gateway-key --config --log-format --log-level --tracing-endpoint)
    __dragoman_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--timeout')
        return
        ;;
    '--format')
        __dragoman_add_completions -W 'jsonl'$'\n''tsv'$'\n''csv'$'\n''table'$'\n''text'$'\n''srt'$'\n''vtt'
        return
        ;;
    '--output'|'-o')
        return
        ;;
    '--output-dir')
        return
        ;;
    '--line-length')
        return
        ;;
    '--lines-together')
        return
        ;;
    '--reading-speed')
        return
        ;;
    '--brokers')
        return
        ;;
    '--prefix')
        return
        ;;
    '--kafka-config')
        __dragoman_add_completions -f
        return
        ;;
    '--kafka-option')
        return
        ;;
    '--group')
        return
        ;;
    '--gateway')
        return
        ;;
    '--gateway-token-file')
        __dragoman_add_completions -f
        return
        ;;
    '--gateway-ca')
        __dragoman_add_completions -f
        return
        ;;
    '--gateway-certificate')
        __dragoman_add_completions -f
        return
        ;;
    '--gateway-key')
        __dragoman_add_completions -f
        return
        ;;
    '--config')
        __dragoman_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--log-format')
        __dragoman_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--log-level')
        return
        ;;
    '--tracing-endpoint')
        return
        ;;
    esac
}

_dragoman_status() {
    repeating_flags=()
    non_repeating_flags=(--json --gateway-plaintext --version -h --help)
    repeating_options=(--kafka-option)
    non_repeating_options=(--brokers --prefix --kafka-config --group --gateway --gateway-token-file --gateway-ca --gateway-certificate --gateway-key --config --log-format --log-level)
    __dragoman_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--brokers')
        return
        ;;
    '--prefix')
        return
        ;;
    '--kafka-config')
        __dragoman_add_completions -f
        return
        ;;
    '--kafka-option')
        return
        ;;
    '--group')
        return
        ;;
    '--gateway')
        return
        ;;
    '--gateway-token-file')
        __dragoman_add_completions -f
        return
        ;;
    '--gateway-ca')
        __dragoman_add_completions -f
        return
        ;;
    '--gateway-certificate')
        __dragoman_add_completions -f
        return
        ;;
    '--gateway-key')
        __dragoman_add_completions -f
        return
        ;;
    '--config')
        __dragoman_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--log-format')
        __dragoman_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--log-level')
        return
        ;;
    esac
}

_dragoman_cancel() {
    repeating_flags=()
    non_repeating_flags=(--job --json --no-progress --quiet -q --gateway-plaintext --version -h --help)
    repeating_options=(--kafka-option)
    non_repeating_options=(--run --reason --wait --brokers --prefix --kafka-config --group --gateway --gateway-token-file --gateway-ca --gateway-certificate --gateway-key --config --log-format --log-level)
    __dragoman_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--run')
        return
        ;;
    '--reason')
        return
        ;;
    '--wait')
        return
        ;;
    '--brokers')
        return
        ;;
    '--prefix')
        return
        ;;
    '--kafka-config')
        __dragoman_add_completions -f
        return
        ;;
    '--kafka-option')
        return
        ;;
    '--group')
        return
        ;;
    '--gateway')
        return
        ;;
    '--gateway-token-file')
        __dragoman_add_completions -f
        return
        ;;
    '--gateway-ca')
        __dragoman_add_completions -f
        return
        ;;
    '--gateway-certificate')
        __dragoman_add_completions -f
        return
        ;;
    '--gateway-key')
        __dragoman_add_completions -f
        return
        ;;
    '--config')
        __dragoman_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--log-format')
        __dragoman_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--log-level')
        return
        ;;
    esac
}

_dragoman_worker() {
    repeating_flags=()
    non_repeating_flags=(--http-private-addresses --no-http-private-addresses --s3-path-style --no-s3-path-style --version -h --help)
    repeating_options=(--audio-root --s3-bucket --http-host --kafka-option)
    non_repeating_options=(--model --threads --decoder-rows --decoder-memory --audio-cache --audio-cache-size --audio-size-limit --audio-time-limit --output --s3-endpoint --s3-region --storage-ca --name --in-flight --grace --attempt-limit --audio-memory --standstill-limit --http-listen --tracing-endpoint --brokers --prefix --kafka-config --group --config --log-format --log-level)
    __dragoman_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--model')
        __dragoman_add_completions -f
        return
        ;;
    '--threads')
        return
        ;;
    '--decoder-rows')
        return
        ;;
    '--decoder-memory')
        return
        ;;
    '--audio-root')
        __dragoman_add_completions -d
        return
        ;;
    '--s3-bucket')
        return
        ;;
    '--http-host')
        return
        ;;
    '--audio-cache')
        __dragoman_add_completions -d
        return
        ;;
    '--audio-cache-size')
        return
        ;;
    '--audio-size-limit')
        return
        ;;
    '--audio-time-limit')
        return
        ;;
    '--output')
        return
        ;;
    '--s3-endpoint')
        return
        ;;
    '--s3-region')
        return
        ;;
    '--storage-ca')
        __dragoman_add_completions -f
        return
        ;;
    '--name')
        return
        ;;
    '--in-flight')
        return
        ;;
    '--grace')
        return
        ;;
    '--attempt-limit')
        return
        ;;
    '--audio-memory')
        return
        ;;
    '--standstill-limit')
        return
        ;;
    '--http-listen')
        return
        ;;
    '--tracing-endpoint')
        return
        ;;
    '--brokers')
        return
        ;;
    '--prefix')
        return
        ;;
    '--kafka-config')
        __dragoman_add_completions -f
        return
        ;;
    '--kafka-option')
        return
        ;;
    '--group')
        return
        ;;
    '--config')
        __dragoman_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--log-format')
        __dragoman_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--log-level')
        return
        ;;
    esac
}

_dragoman_topics() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __dragoman_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    create|check)
        # Offer subcommand argument completions
        "_dragoman_topics_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'create check' -- "${cur}"))
        ;;
    esac
}

_dragoman_topics_create() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --json --version -h --help)
    repeating_options=(--topic-config --kafka-option)
    non_repeating_options=(--partitions --replication-factor --brokers --prefix --kafka-config --group --config --log-format --log-level)
    __dragoman_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--partitions')
        return
        ;;
    '--replication-factor')
        return
        ;;
    '--topic-config')
        return
        ;;
    '--brokers')
        return
        ;;
    '--prefix')
        return
        ;;
    '--kafka-config')
        __dragoman_add_completions -f
        return
        ;;
    '--kafka-option')
        return
        ;;
    '--group')
        return
        ;;
    '--config')
        __dragoman_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--log-format')
        __dragoman_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--log-level')
        return
        ;;
    esac
}

_dragoman_topics_check() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=(--kafka-option)
    non_repeating_options=(--brokers --prefix --kafka-config --group --config --log-format --log-level)
    __dragoman_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--brokers')
        return
        ;;
    '--prefix')
        return
        ;;
    '--kafka-config')
        __dragoman_add_completions -f
        return
        ;;
    '--kafka-option')
        return
        ;;
    '--group')
        return
        ;;
    '--config')
        __dragoman_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--log-format')
        __dragoman_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--log-level')
        return
        ;;
    esac
}

_dragoman_lag() {
    repeating_flags=()
    non_repeating_flags=(--all --json --gateway-plaintext --version -h --help)
    repeating_options=(--kafka-option)
    non_repeating_options=(--watch --brokers --prefix --kafka-config --group --gateway --gateway-token-file --gateway-ca --gateway-certificate --gateway-key --config --log-format --log-level)
    __dragoman_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--watch')
        return
        ;;
    '--brokers')
        return
        ;;
    '--prefix')
        return
        ;;
    '--kafka-config')
        __dragoman_add_completions -f
        return
        ;;
    '--kafka-option')
        return
        ;;
    '--group')
        return
        ;;
    '--gateway')
        return
        ;;
    '--gateway-token-file')
        __dragoman_add_completions -f
        return
        ;;
    '--gateway-ca')
        __dragoman_add_completions -f
        return
        ;;
    '--gateway-certificate')
        __dragoman_add_completions -f
        return
        ;;
    '--gateway-key')
        __dragoman_add_completions -f
        return
        ;;
    '--config')
        __dragoman_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--log-format')
        __dragoman_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--log-level')
        return
        ;;
    esac
}

_dragoman_exporter() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=(--kafka-option)
    non_repeating_options=(--interval --window --stuck-after --http-listen --brokers --prefix --kafka-config --group --config --log-format --log-level)
    __dragoman_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--interval')
        return
        ;;
    '--window')
        return
        ;;
    '--stuck-after')
        return
        ;;
    '--http-listen')
        return
        ;;
    '--brokers')
        return
        ;;
    '--prefix')
        return
        ;;
    '--kafka-config')
        __dragoman_add_completions -f
        return
        ;;
    '--kafka-option')
        return
        ;;
    '--group')
        return
        ;;
    '--config')
        __dragoman_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--log-format')
        __dragoman_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--log-level')
        return
        ;;
    esac
}

_dragoman_dead-letters() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __dragoman_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    list|show|replay|purge)
        # Offer subcommand argument completions
        "_dragoman_dead-letters_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'list show replay purge' -- "${cur}"))
        ;;
    esac
}

_dragoman_dead-letters_list() {
    repeating_flags=()
    non_repeating_flags=(--all --json --version -h --help)
    repeating_options=(--kafka-option)
    non_repeating_options=(--batch --job --reason --class --worker --lane --topic --since --until --limit --brokers --prefix --kafka-config --group --config --log-format --log-level)
    __dragoman_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--batch')
        return
        ;;
    '--job')
        return
        ;;
    '--reason')
        return
        ;;
    '--class')
        __dragoman_add_completions -W 'unreadable'$'\n''permanent'$'\n''transient'$'\n''lethal'
        return
        ;;
    '--worker')
        return
        ;;
    '--lane')
        __dragoman_add_completions -W 'jobs'$'\n''bulk'
        return
        ;;
    '--topic')
        return
        ;;
    '--since')
        return
        ;;
    '--until')
        return
        ;;
    '--limit')
        return
        ;;
    '--brokers')
        return
        ;;
    '--prefix')
        return
        ;;
    '--kafka-config')
        __dragoman_add_completions -f
        return
        ;;
    '--kafka-option')
        return
        ;;
    '--group')
        return
        ;;
    '--config')
        __dragoman_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--log-format')
        __dragoman_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--log-level')
        return
        ;;
    esac
}

_dragoman_dead-letters_show() {
    repeating_flags=()
    non_repeating_flags=(--json --raw --version -h --help)
    repeating_options=(--kafka-option)
    non_repeating_options=(--brokers --prefix --kafka-config --group --config --log-format --log-level)
    __dragoman_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--brokers')
        return
        ;;
    '--prefix')
        return
        ;;
    '--kafka-config')
        __dragoman_add_completions -f
        return
        ;;
    '--kafka-option')
        return
        ;;
    '--group')
        return
        ;;
    '--config')
        __dragoman_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--log-format')
        __dragoman_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--log-level')
        return
        ;;
    esac
}

_dragoman_dead-letters_replay() {
    repeating_flags=()
    non_repeating_flags=(--all --again --raw --dry-run --json --version -h --help)
    repeating_options=(--kafka-option)
    non_repeating_options=(--batch --job --reason --class --worker --lane --topic --since --until --limit --brokers --prefix --kafka-config --group --config --log-format --log-level)
    __dragoman_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--batch')
        return
        ;;
    '--job')
        return
        ;;
    '--reason')
        return
        ;;
    '--class')
        __dragoman_add_completions -W 'unreadable'$'\n''permanent'$'\n''transient'$'\n''lethal'
        return
        ;;
    '--worker')
        return
        ;;
    '--lane')
        __dragoman_add_completions -W 'jobs'$'\n''bulk'
        return
        ;;
    '--topic')
        return
        ;;
    '--since')
        return
        ;;
    '--until')
        return
        ;;
    '--limit')
        return
        ;;
    '--brokers')
        return
        ;;
    '--prefix')
        return
        ;;
    '--kafka-config')
        __dragoman_add_completions -f
        return
        ;;
    '--kafka-option')
        return
        ;;
    '--group')
        return
        ;;
    '--config')
        __dragoman_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--log-format')
        __dragoman_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--log-level')
        return
        ;;
    esac
}

_dragoman_dead-letters_purge() {
    repeating_flags=()
    non_repeating_flags=(--all --yes -y --dry-run --json --version -h --help)
    repeating_options=(--kafka-option)
    non_repeating_options=(--batch --job --reason --class --worker --lane --topic --since --until --brokers --prefix --kafka-config --group --config --log-format --log-level)
    __dragoman_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--batch')
        return
        ;;
    '--job')
        return
        ;;
    '--reason')
        return
        ;;
    '--class')
        __dragoman_add_completions -W 'unreadable'$'\n''permanent'$'\n''transient'$'\n''lethal'
        return
        ;;
    '--worker')
        return
        ;;
    '--lane')
        __dragoman_add_completions -W 'jobs'$'\n''bulk'
        return
        ;;
    '--topic')
        return
        ;;
    '--since')
        return
        ;;
    '--until')
        return
        ;;
    '--brokers')
        return
        ;;
    '--prefix')
        return
        ;;
    '--kafka-config')
        __dragoman_add_completions -f
        return
        ;;
    '--kafka-option')
        return
        ;;
    '--group')
        return
        ;;
    '--config')
        __dragoman_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--log-format')
        __dragoman_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--log-level')
        return
        ;;
    esac
}

_dragoman_broker() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=(--partitions --prefix --config)
    __dragoman_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--partitions')
        return
        ;;
    '--prefix')
        return
        ;;
    '--config')
        __dragoman_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    esac
}

_dragoman_convert() {
    repeating_flags=()
    non_repeating_flags=(--no-progress --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--precision --vocabulary)
    __dragoman_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--precision')
        __dragoman_add_completions -W 'f32'$'\n''bf16'$'\n''int8'$'\n''mixed'
        return
        ;;
    '--vocabulary')
        __dragoman_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __dragoman_add_completions -d
        return
        ;;
    esac
}

_dragoman_model() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __dragoman_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    info|verify)
        # Offer subcommand argument completions
        "_dragoman_model_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'info verify' -- "${cur}"))
        ;;
    esac
}

_dragoman_model_info() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=()
    __dragoman_offer_flags_options 1
}

_dragoman_model_verify() {
    repeating_flags=()
    non_repeating_flags=(--no-progress --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=()
    __dragoman_offer_flags_options 1
}

_dragoman_languages() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--model)
    __dragoman_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--model')
        __dragoman_add_completions -f
        return
        ;;
    esac
}

_dragoman_plan() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--hours-per-day --model --precision --threads --window --utilization --tokens-per-second --worker-seconds --drain)
    __dragoman_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--hours-per-day')
        return
        ;;
    '--model')
        __dragoman_add_completions -f
        return
        ;;
    '--precision')
        __dragoman_add_completions -W 'f32'$'\n''bf16'$'\n''int8'$'\n''mixed'
        return
        ;;
    '--threads')
        return
        ;;
    '--window')
        return
        ;;
    '--utilization')
        return
        ;;
    '--tokens-per-second')
        return
        ;;
    '--worker-seconds')
        return
        ;;
    '--drain')
        return
        ;;
    esac
}

_dragoman_bench() {
    repeating_flags=()
    non_repeating_flags=(--json --no-progress --quiet -q --version -h --help)
    repeating_options=()
    non_repeating_options=(--model --threads --seconds --clip --beams --tokens --batch --repetitions --config)
    __dragoman_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--model')
        __dragoman_add_completions -f
        return
        ;;
    '--threads')
        return
        ;;
    '--seconds')
        return
        ;;
    '--clip')
        __dragoman_add_completions -f
        return
        ;;
    '--beams')
        return
        ;;
    '--tokens')
        return
        ;;
    '--batch')
        return
        ;;
    '--repetitions')
        return
        ;;
    '--config')
        __dragoman_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    esac
}

_dragoman_evaluate() {
    repeating_flags=()
    non_repeating_flags=(--through-fleet --json --no-progress --quiet -q --version -h --help)
    repeating_options=(--kafka-option)
    non_repeating_options=(--output -o --results --baseline --clips --source --split --limit --tokenize --bootstrap --seed --worst --model --threads --decoder-rows --decoder-memory --target --beams --max-length --max-new-tokens --length-penalty --early-stopping --no-repeat-ngram-size --lane --timeout --brokers --prefix --kafka-config --group --config --log-format --log-level)
    __dragoman_offer_flags_options -1

    # Offer option value completions
    case "${prev}" in
    '--output'|'-o')
        return
        ;;
    '--results')
        __dragoman_add_completions -f
        return
        ;;
    '--baseline')
        __dragoman_add_completions -f
        return
        ;;
    '--clips')
        return
        ;;
    '--source')
        return
        ;;
    '--split')
        return
        ;;
    '--limit')
        return
        ;;
    '--tokenize')
        __dragoman_add_completions -W '13a'$'\n''zh'$'\n''char'$'\n''none'
        return
        ;;
    '--bootstrap')
        return
        ;;
    '--seed')
        return
        ;;
    '--worst')
        return
        ;;
    '--model')
        __dragoman_add_completions -f
        return
        ;;
    '--threads')
        return
        ;;
    '--decoder-rows')
        return
        ;;
    '--decoder-memory')
        return
        ;;
    '--target')
        return
        ;;
    '--beams')
        return
        ;;
    '--max-length')
        return
        ;;
    '--max-new-tokens')
        return
        ;;
    '--length-penalty')
        return
        ;;
    '--early-stopping')
        __dragoman_add_completions -W 'true'$'\n''false'$'\n''never'
        return
        ;;
    '--no-repeat-ngram-size')
        return
        ;;
    '--lane')
        __dragoman_add_completions -W 'jobs'$'\n''bulk'
        return
        ;;
    '--timeout')
        return
        ;;
    '--brokers')
        return
        ;;
    '--prefix')
        return
        ;;
    '--kafka-config')
        __dragoman_add_completions -f
        return
        ;;
    '--kafka-option')
        return
        ;;
    '--group')
        return
        ;;
    '--config')
        __dragoman_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--log-format')
        __dragoman_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--log-level')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    *)
        __dragoman_add_completions -f
        return
        ;;
    esac
}

_dragoman_score() {
    repeating_flags=()
    non_repeating_flags=(--chrf-eps-smoothing --json --version -h --help)
    repeating_options=(--hypothesis)
    non_repeating_options=(--reference --tokenize --bootstrap --seed --width)
    __dragoman_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--reference')
        __dragoman_add_completions -f
        return
        ;;
    '--hypothesis')
        __dragoman_add_completions -f
        return
        ;;
    '--tokenize')
        __dragoman_add_completions -W '13a'$'\n''zh'$'\n''char'$'\n''none'
        return
        ;;
    '--bootstrap')
        return
        ;;
    '--seed')
        return
        ;;
    '--width')
        return
        ;;
    esac
}

_dragoman_doctor() {
    repeating_flags=()
    non_repeating_flags=(--json --s3-path-style --no-s3-path-style --version -h --help)
    repeating_options=(--audio-root --kafka-option)
    non_repeating_options=(--model --threads --s3-endpoint --s3-region --storage-ca --brokers --prefix --kafka-config --group --config --log-format --log-level)
    __dragoman_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--model')
        __dragoman_add_completions -f
        return
        ;;
    '--threads')
        return
        ;;
    '--audio-root')
        __dragoman_add_completions -d
        return
        ;;
    '--s3-endpoint')
        return
        ;;
    '--s3-region')
        return
        ;;
    '--storage-ca')
        __dragoman_add_completions -f
        return
        ;;
    '--brokers')
        return
        ;;
    '--prefix')
        return
        ;;
    '--kafka-config')
        __dragoman_add_completions -f
        return
        ;;
    '--kafka-option')
        return
        ;;
    '--group')
        return
        ;;
    '--config')
        __dragoman_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--log-format')
        __dragoman_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--log-level')
        return
        ;;
    esac
}

_dragoman_config() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __dragoman_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    show)
        # Offer subcommand argument completions
        "_dragoman_config_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'show' -- "${cur}"))
        ;;
    esac
}

_dragoman_config_show() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=(--kafka-option)
    non_repeating_options=(--model --threads --decoder-rows --decoder-memory --brokers --prefix --kafka-config --group --config --log-format --log-level)
    __dragoman_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--model')
        __dragoman_add_completions -f
        return
        ;;
    '--threads')
        return
        ;;
    '--decoder-rows')
        return
        ;;
    '--decoder-memory')
        return
        ;;
    '--brokers')
        return
        ;;
    '--prefix')
        return
        ;;
    '--kafka-config')
        __dragoman_add_completions -f
        return
        ;;
    '--kafka-option')
        return
        ;;
    '--group')
        return
        ;;
    '--config')
        __dragoman_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    '--log-format')
        __dragoman_add_completions -W 'text'$'\n''json'
        return
        ;;
    '--log-level')
        return
        ;;
    esac
}

_dragoman_version() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=()
    __dragoman_offer_flags_options 0
}

_dragoman_completions() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __dragoman_offer_flags_options 1

    # Offer positional completions
    case "${positional_number}" in
    1)
        __dragoman_add_completions -W 'bash'$'\n''zsh'$'\n''fish'
        return
        ;;
    esac
}

_dragoman_manual() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __dragoman_offer_flags_options 0
}

_dragoman_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __dragoman_offer_flags_options -1
}

complete -o filenames -F _dragoman dragoman
