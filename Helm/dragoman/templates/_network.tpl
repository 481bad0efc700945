{{- define "dragoman.dns" -}}
- ports:
    - {port: 53, protocol: UDP}
    - {port: 53, protocol: TCP}
{{- end }}

{{/* Names and brokers. */}}
{{- define "dragoman.egressToKafka" -}}
{{ include "dragoman.dns" . }}
- ports:
    {{- $ports := dict }}
    {{- range .Values.kafka.brokers }}
    {{- $_ := set $ports (regexFind "[0-9]+$" .) true }}
    {{- end }}
    {{- range .Values.networkPolicy.kafkaPorts }}
    {{- $_ := set $ports (int . | toString) true }}
    {{- end }}
    {{- range keys $ports | sortAlpha }}
    - {port: {{ . }}, protocol: TCP}
    {{- end }}
  {{- with .Values.networkPolicy.kafkaTo }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{- define "dragoman.egressToStorage" -}}
{{- $policy := .Values.networkPolicy }}
- ports:
    {{- range $policy.storagePorts }}
    - {port: {{ int . }}, protocol: TCP}
    {{- end }}
  to:
    {{- if $policy.storageTo }}
    {{- toYaml $policy.storageTo | nindent 4 }}
    {{- else }}
    - ipBlock: {cidr: 0.0.0.0/0, except: [169.254.0.0/16]}
    - ipBlock: {cidr: "::/0", except: ["fe80::/10", "fd00:ec2::254/128"]}
    {{- end }}
{{- end }}

{{/* Port of the collector, of an URL. */}}
{{- define "dragoman.egressToCollector" -}}
{{- with .Values.tracing.endpoint }}
- ports:
    - {port: {{ default (ternary "443" "80" (hasPrefix "https" .)) (regexFind "[0-9]+$" (urlParse .).host) }}, protocol: TCP}
{{- end }}
{{- end }}

{{/* Peers, or pods of the namespace. */}}
{{- define "dragoman.peers" -}}
{{- if . }}
{{- toYaml . }}
{{- else -}}
- podSelector: {}
{{- end }}
{{- end }}
