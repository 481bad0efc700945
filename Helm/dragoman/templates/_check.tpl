{{/* What a schema can't see: values that don't go together. Each message begins with the key. */}}
{{- define "dragoman.check" -}}
{{- $values := .root.Values }}
{{- $worker := .m.worker }}
{{- $here := printf "models[%s]" .m.name }}
{{- $limit := dig "limits" "cpu" "" $worker.resources }}
{{- if and $limit $worker.threads (gt (int $worker.threads) (int (include "dragoman.processors" $limit))) }}
{{- fail (printf "worker.threads: %d threads are more than the CPU limit of %s allows (%s); they would be throttled" (int $worker.threads) $here (toString $limit)) }}
{{- end }}
{{- $memory := dig "limits" "memory" "" $worker.resources }}
{{- $need := add (int $worker.audioMemory) (int $worker.decoder.memory) 200 }}
{{- if and $memory (lt (int (include "dragoman.megabytes" $memory)) (int $need)) }}
{{- fail (printf "worker.resources.limits.memory: %s is less than worker.audioMemory, worker.decoder.memory and 200 MB for the rest take together (%d MB) in %s" (toString $memory) $need $here) }}
{{- end }}
{{- if and $worker.staticMembership.enabled (ne $worker.kind "StatefulSet") }}
{{- fail (printf "worker.staticMembership.enabled: %s needs worker.kind StatefulSet, whose pods keep their names" $here) }}
{{- end }}
{{- if not (or $values.storage.files $values.storage.s3.enabled $values.storage.http.hosts) }}
{{- fail "storage: nothing to read audio from; set storage.files, storage.s3.enabled or storage.http.hosts" }}
{{- end }}
{{- if and $values.storage.s3.accessKeyID (not $values.storage.s3.secretAccessKey) }}
{{- fail "storage.s3.secretAccessKey: needed with storage.s3.accessKeyID" }}
{{- end }}
{{- if and $values.kafka.sasl.enabled (not $values.kafka.sasl.existingSecret) (not (and $values.kafka.sasl.username $values.kafka.sasl.password)) }}
{{- fail "kafka.sasl.existingSecret: needed with kafka.sasl.enabled, or kafka.sasl.username and kafka.sasl.password" }}
{{- end }}
{{- if and $values.kafka.tls.clientCertificate (not $values.kafka.tls.existingSecret) }}
{{- fail "kafka.tls.existingSecret: needed with kafka.tls.clientCertificate" }}
{{- end }}
{{- if and (eq $values.weights.type "image") (not $values.weights.image.reference) }}
{{- fail "weights.image.reference: needed with weights.type image" }}
{{- end }}
{{- if and .m.convert (eq $values.weights.type "image") }}
{{- fail (printf "models[].convert: %s: a volume of an image can't be written to; convert before the image is made" $here) }}
{{- end }}
{{- if and .m.convert (eq $values.weights.type "hostPath") (not $values.weights.hostPath.source) }}
{{- fail (printf "models[].convert: %s: with weights.type hostPath the prefetch pods convert; set weights.hostPath.source" $here) }}
{{- end }}
{{- if and .m.gateway.enabled (not .m.gateway.tls.existingSecret) (not .m.gateway.tls.insecure) }}
{{- fail "gateway.tls.existingSecret: needed with gateway.enabled, or gateway.tls.insecure where the network is safe" }}
{{- end }}
{{- if and .m.gateway.enabled (not (include "dragoman.tokensSecret" .)) (not .m.gateway.tokens.anonymous) }}
{{- fail "gateway.tokens.existingSecret: needed with gateway.enabled, or gateway.tokens.lines, or gateway.tokens.anonymous to serve whoever can connect" }}
{{- end }}
{{- include "dragoman.checkScaling" . }}
{{- end }}

{{- define "dragoman.checkScaling" -}}
{{- $scaling := .m.autoscaling }}
{{- if ne $scaling.type "none" }}
{{- if gt (int $scaling.minReplicas) (int $scaling.maxReplicas) }}
{{- fail (printf "autoscaling.minReplicas: %d is more than autoscaling.maxReplicas" (int $scaling.minReplicas)) }}
{{- end }}
{{- if and (eq $scaling.type "hpa") (lt (int $scaling.minReplicas) 1) }}
{{- fail "autoscaling.minReplicas: an HPA needs at least 1; KEDA alone scales to 0" }}
{{- end }}
{{- if and (gt (int $scaling.maxReplicas) (int .m.topics.partitions)) (not $scaling.lag.allowIdleConsumers) }}
{{- fail (printf "autoscaling.maxReplicas: %d workers are more than topics.partitions (%d); the rest would be idle" (int $scaling.maxReplicas) (int .m.topics.partitions)) }}
{{- end }}
{{- if and $scaling.lag.allowIdleConsumers $scaling.lag.limitToPartitionsWithLag }}
{{- fail "autoscaling.lag.limitToPartitionsWithLag: KEDA refuses it together with autoscaling.lag.allowIdleConsumers" }}
{{- end }}
{{- if and (eq $scaling.trigger "audio") (not .root.Values.exporter.enabled) (not $scaling.audio.query) }}
{{- fail "autoscaling.trigger: audio needs exporter.enabled, or a query of your own in autoscaling.audio.query" }}
{{- end }}
{{- end }}
{{- end }}

{{/* Once for the release. */}}
{{- define "dragoman.checkRelease" -}}
{{- $names := dict }}
{{- $groups := dict }}
{{- range .Values.models }}
{{- $scope := include "dragoman.scope" (dict "root" $ "model" .) | fromYaml }}
{{- if hasKey $names .name }}{{ fail (printf "models[].name: %s is there twice" .name) }}{{ end }}
{{- $_ := set $names .name true }}
{{- if hasKey $groups $scope.prefix }}
{{- fail (printf "models[].prefix: %s and %s share %s; each model needs topics of its own" .name (index $groups $scope.prefix) $scope.prefix) }}
{{- end }}
{{- $_ := set $groups $scope.prefix .name }}
{{- end }}
{{- end }}
