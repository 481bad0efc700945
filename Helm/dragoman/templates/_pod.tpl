{{/* What all pods have: (dict "root" $ "m" $scope "component" …), and "part" with affinity and the like where there is any. */}}
{{- define "dragoman.podCommon" -}}
serviceAccountName: {{ include "dragoman.serviceAccountName" .root }}
automountServiceAccountToken: false
# Variables of services would be taken for settings.
enableServiceLinks: false
securityContext:
  {{- toYaml .root.Values.podSecurityContext | nindent 2 }}
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .part }}
{{- with .nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .topologySpreadConstraints }}
topologySpreadConstraints:
  {{- range . }}
  - {{ toYaml . | nindent 4 | trim }}
    labelSelector:
      matchLabels:
        {{- include "dragoman.selectorLabels" $ | nindent 8 }}
  {{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* Not all labels: a new version of the chart alone is no reason to start pods anew. */}}
{{- define "dragoman.podLabels" -}}
{{ include "dragoman.selectorLabels" . }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "dragoman.podMetadata" -}}
labels:
  {{- include "dragoman.podLabels" . | nindent 2 }}
  {{- with .part.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
annotations:
  checksum/config: {{ include "dragoman.checksum" . }}
  {{- with .part.podAnnotations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{/* Changes with settings and with secrets that the chart makes: pods read them at their start. */}}
{{- define "dragoman.checksum" -}}
{{- $made := list (include "dragoman.settings" .) .root.Values.kafka.sasl.username .root.Values.kafka.sasl.password
    .root.Values.storage.s3.accessKeyID .root.Values.storage.s3.secretAccessKey (toJson .m.gateway.tokens.lines) }}
{{- toJson $made | sha256sum }}
{{- end }}

{{- define "dragoman.containerCommon" -}}
image: {{ include "dragoman.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  {{- toYaml .Values.securityContext | nindent 2 }}
{{- end }}

{{/* Probes over HTTP: (dict "startupSeconds" …, "grpc" true where the gRPC health service can be asked too). */}}
{{- define "dragoman.probes" -}}
startupProbe:
  httpGet: {path: /startupz, port: http}
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: {{ max 1 (ceil (divf (float64 .startupSeconds) 5.0) | int) }}
livenessProbe:
  httpGet: {path: /healthz, port: http}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  {{- if .grpc }}
  grpc: {port: 50051}
  {{- else }}
  httpGet: {path: /readyz, port: http}
  {{- end }}
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 3
{{- end }}

{{- define "dragoman.configMounts" -}}
- {name: config, mountPath: /etc/dragoman, readOnly: true}
{{- if .root.Values.kafka.sasl.enabled }}
- {name: kafka, mountPath: /run/secrets/dragoman/kafka, readOnly: true}
{{- end }}
{{- if and .root.Values.kafka.tls.enabled .root.Values.kafka.tls.existingSecret }}
- {name: kafka-tls, mountPath: /run/secrets/dragoman/kafka-tls, readOnly: true}
{{- end }}
- {name: tmp, mountPath: /tmp}
{{- end }}

{{/* (dict "root" $ "m" … "config" NAME "tmpSize" …) and "kafkaSecret" where it is not the release's. */}}
{{- define "dragoman.configVolumes" -}}
{{- $kafka := .root.Values.kafka }}
- name: config
  configMap: {name: {{ .config }}}
{{- if $kafka.sasl.enabled }}
- name: kafka
  secret:
    secretName: {{ default (include "dragoman.kafkaSecret" .root) .kafkaSecret }}
    defaultMode: 0440
    items:
      - {key: {{ ternary $kafka.sasl.usernameKey "username" (ne $kafka.sasl.existingSecret "") }}, path: username}
      - {key: {{ ternary $kafka.sasl.passwordKey "password" (ne $kafka.sasl.existingSecret "") }}, path: password}
{{- end }}
{{- if and $kafka.tls.enabled $kafka.tls.existingSecret }}
- name: kafka-tls
  secret:
    secretName: {{ $kafka.tls.existingSecret }}
    defaultMode: 0440
    items:
      - {key: {{ $kafka.tls.caKey }}, path: ca.crt}
      {{- if $kafka.tls.clientCertificate }}
      - {key: {{ $kafka.tls.certificateKey }}, path: tls.crt}
      - {key: {{ $kafka.tls.privateKeyKey }}, path: tls.key}
      {{- end }}
{{- end }}
- name: tmp
  emptyDir: {sizeLimit: {{ default "64Mi" .tmpSize }}}
{{- end }}

{{- define "dragoman.preStop" -}}
{{- if gt (int .) 0 }}
lifecycle:
  preStop:
    exec: {command: [sleep, {{ int . | quote }}]}
{{- end }}
{{- end }}
