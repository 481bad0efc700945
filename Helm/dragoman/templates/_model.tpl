{{/*
One model with the values that hold for it: what stands in its entry goes before what stands at the top.
(dict "root" $ "model" $entry) gives YAML, for fromYaml.
*/}}
{{- define "dragoman.scope" -}}
{{- $scope := omit .model "worker" "gateway" "exporter" "topics" "autoscaling" }}
{{- range $part := list "worker" "gateway" "exporter" "topics" "autoscaling" }}
{{- $base := deepCopy (index $.root.Values $part) }}
{{- $_ := set $scope $part (mustMergeOverwrite $base (deepCopy (default dict (index $.model $part)))) }}
{{- end }}
{{- $_ := set $scope "prefix" (default (printf "%s." .model.name) .model.prefix) }}
{{- $_ := set $scope "group" (default (trimSuffix "." $scope.prefix) .model.group) }}
{{- include "dragoman.check" (dict "root" .root "m" $scope) }}
{{- toYaml $scope }}
{{- end }}

{{/* Whole processors of a quantity, at least 1. */}}
{{- define "dragoman.processors" -}}
{{- $text := toString . }}
{{- if hasSuffix "m" $text }}
{{- max 1 (div (trimSuffix "m" $text | int) 1000) }}
{{- else }}
{{- max 1 (floor (float64 $text) | int) }}
{{- end }}
{{- end }}

{{/* Megabytes of a quantity. */}}
{{- define "dragoman.megabytes" -}}
{{- $text := toString . }}
{{- $factors := dict "Ki" 0.001024 "Mi" 1.048576 "Gi" 1073.741824 "Ti" 1099511.627776 "k" 0.001 "M" 1.0 "G" 1000.0 "T" 1000000.0 }}
{{- $unit := regexFind "[A-Za-z]+$" $text }}
{{- $factor := 0.000001 }}
{{- if $unit }}{{ $factor = index $factors $unit }}{{ end }}
{{- mulf (float64 (trimSuffix $unit $text)) $factor | floor | int }}
{{- end }}

{{/* Threads of a worker. */}}
{{- define "dragoman.threads" -}}
{{- $limit := dig "limits" "cpu" "" .m.worker.resources }}
{{- if .m.worker.threads }}
{{- int .m.worker.threads }}
{{- else if $limit }}
{{- include "dragoman.processors" $limit }}
{{- else }}
{{- include "dragoman.processors" (dig "requests" "cpu" "1" .m.worker.resources) }}
{{- end }}
{{- end }}

{{/* File or folder of the model that workers map. */}}
{{- define "dragoman.modelPath" -}}
{{ .root.Values.weights.mountPath }}/{{ .m.path }}
{{- end }}

{{/* Seconds of audio that wait, once where exporter and gateways both tell. ServiceMonitors add the label 'model'. */}}
{{- define "dragoman.audioQuery" -}}
sum(max by (lane, partition) (dragoman_audio_seconds_waiting{namespace="{{ .root.Release.Namespace }}", model="{{ .m.name }}"}))
{{- end }}
