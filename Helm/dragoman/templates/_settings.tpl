{{/* How to reach Kafka: what every command needs. Gives YAML. */}}
{{- define "dragoman.kafkaSettings" -}}
{{- $kafka := .root.Values.kafka }}
{{- $properties := deepCopy $kafka.properties }}
{{- $secrets := "/run/secrets/dragoman" }}
{{- if $kafka.sasl.enabled }}
{{- $_ := set $properties "sasl.mechanism" $kafka.sasl.mechanism }}
{{- $_ := set $properties "sasl.username.file" (printf "%s/kafka/username" $secrets) }}
{{- $_ := set $properties "sasl.password.file" (printf "%s/kafka/password" $secrets) }}
{{- end }}
{{- if or $kafka.sasl.enabled $kafka.tls.enabled }}
{{- $protocol := ternary (ternary "sasl_ssl" "sasl_plaintext" $kafka.tls.enabled) "ssl" $kafka.sasl.enabled }}
{{- $_ := set $properties "security.protocol" $protocol }}
{{- end }}
{{- if and $kafka.tls.enabled $kafka.tls.existingSecret }}
{{- $_ := set $properties "ssl.ca.location" (printf "%s/kafka-tls/ca.crt" $secrets) }}
{{- if $kafka.tls.clientCertificate }}
{{- $_ := set $properties "ssl.certificate.location" (printf "%s/kafka-tls/tls.crt" $secrets) }}
{{- $_ := set $properties "ssl.key.location" (printf "%s/kafka-tls/tls.key" $secrets) }}
{{- end }}
{{- end }}
{{- $settings := dict "brokers" (join "," $kafka.brokers) "prefix" .m.prefix "group" .m.group }}
{{- if $properties }}{{ $_ := set $settings "kafka" $properties }}{{ end }}
{{- $_ := set $settings "log" (dict "format" .root.Values.log.format "level" .root.Values.log.level) }}
{{- toYaml $settings }}
{{- end }}

{{/* A worker's storage. Gives YAML. */}}
{{- define "dragoman.storageSettings" -}}
{{- $storage := .Values.storage }}
{{- $settings := dict "size-limit" $storage.sizeLimit "time-limit" $storage.timeLimit }}
{{- if $storage.s3.enabled }}
{{- $s3 := dict "region" $storage.s3.region }}
{{- with $storage.s3.endpoint }}{{ $_ := set $s3 "endpoint" . }}{{ end }}
{{- if not (kindIs "invalid" $storage.s3.pathStyle) }}{{ $_ := set $s3 "path-style" $storage.s3.pathStyle }}{{ end }}
{{- with $storage.s3.buckets }}{{ $_ := set $s3 "buckets" . }}{{ end }}
{{- $_ := set $settings "s3" $s3 }}
{{- end }}
{{- with $storage.http.hosts }}
{{- $_ := set $settings "http" (dict "hosts" . "private-addresses" $storage.http.privateAddresses) }}
{{- end }}
{{- if $storage.ca.existingSecret }}{{ $_ := set $settings "ca" "/run/secrets/dragoman/storage/ca.crt" }}{{ end }}
{{- if $storage.cache.enabled }}
{{- $_ := set $settings "cache" (dict "folder" "/var/cache/dragoman" "size" $storage.cache.size) }}
{{- end }}
{{- toYaml $settings }}
{{- end }}

{{/* Settings of one model's worker, gateway and exporter, as Config/dragoman.yaml names them. */}}
{{- define "dragoman.settings" -}}
{{- $settings := include "dragoman.kafkaSettings" . | fromYaml }}
{{- $worker := .m.worker }}
{{- $_ := set $settings "model" (include "dragoman.modelPath" .) }}
{{- $_ := set $settings "threads" (include "dragoman.threads" . | int) }}
{{- $_ := set $settings "decoder" (dict "rows" $worker.decoder.rows "memory" $worker.decoder.memory) }}
{{- $own := dict "in-flight" $worker.inFlight "grace" $worker.grace "attempt-limit" $worker.attemptLimit
    "audio-memory" $worker.audioMemory "standstill-limit" $worker.standstillLimit }}
{{- with $worker.output }}{{ $_ := set $own "output" . }}{{ end }}
{{- $_ := set $settings "worker" $own }}
{{- if .root.Values.storage.files }}
{{- $roots := list }}
{{- range .root.Values.storage.files }}{{ $roots = append $roots .mountPath }}{{ end }}
{{- $_ := set $settings "audio" (dict "roots" $roots) }}
{{- end }}
{{- $_ := set $settings "storage" (include "dragoman.storageSettings" .root | fromYaml) }}
{{- $_ := set $settings "http" (dict "listen" (printf "0.0.0.0:%d" (int .root.Values.http.port))) }}
{{- with .root.Values.tracing.endpoint }}{{ $_ := set $settings "tracing" (dict "endpoint" .) }}{{ end }}
{{- if .m.gateway.enabled }}{{ $_ := set $settings "gateway" (include "dragoman.gatewaySettings" . | fromYaml) }}{{ end }}
{{- toYaml (mustMergeOverwrite $settings (deepCopy .root.Values.settings)) }}
{{- end }}

{{- define "dragoman.gatewaySettings" -}}
{{- $gateway := .m.gateway }}
{{- $secrets := "/run/secrets/dragoman" }}
{{- $settings := dict "listen" "0.0.0.0:50051" "index" "/var/lib/dragoman/index.sqlite" "grace" $gateway.grace }}
{{- with $gateway.quota }}{{ $_ := set $settings "quota" . }}{{ end }}
{{- with $gateway.burst }}{{ $_ := set $settings "burst" . }}{{ end }}
{{- with $gateway.maxBacklog }}{{ $_ := set $settings "max-backlog" . }}{{ end }}
{{- with $gateway.retentionDays }}{{ $_ := set $settings "retention" . }}{{ end }}
{{- if $gateway.tls.existingSecret }}
{{- $_ := set $settings "certificate" (printf "%s/gateway-tls/tls.crt" $secrets) }}
{{- $_ := set $settings "key" (printf "%s/gateway-tls/tls.key" $secrets) }}
{{- if $gateway.tls.clientCAKey }}{{ $_ := set $settings "client-ca" (printf "%s/gateway-tls/clients.crt" $secrets) }}{{ end }}
{{- end }}
{{- if include "dragoman.tokensSecret" . }}{{ $_ := set $settings "tokens" (printf "%s/tokens/tokens" $secrets) }}{{ end }}
{{- toYaml $settings }}
{{- end }}
