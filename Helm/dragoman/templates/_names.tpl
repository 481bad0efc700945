{{- define "dragoman.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 32 | trimSuffix "-" }}
{{- end }}

{{- define "dragoman.fullname" -}}
{{- $name := include "dragoman.name" . }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 32 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 32 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 32 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "dragoman.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "dragoman.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{/* Name of an object of a model: (dict "root" $ "m" $scope "component" "worker"). */}}
{{- define "dragoman.objectName" -}}
{{ include "dragoman.fullname" .root }}-{{ .m.name }}-{{ .component }}
{{- end }}

{{- define "dragoman.releaseLabels" -}}
app.kubernetes.io/name: {{ include "dragoman.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{/* What selects the pods of a component: fixed for the life of a release. */}}
{{- define "dragoman.selectorLabels" -}}
{{ include "dragoman.releaseLabels" .root }}
app.kubernetes.io/component: {{ .component }}
{{- with .m }}
dragoman.io/model: {{ .name }}
{{- end }}
{{- end }}

{{/* Labels of an object: (dict "root" $ "component" … "m" …), "m" where it belongs to one model. */}}
{{- define "dragoman.labels" -}}
{{ include "dragoman.selectorLabels" . }}
app.kubernetes.io/version: {{ default .root.Chart.AppVersion .root.Values.image.tag | trunc 63 | quote }}
app.kubernetes.io/part-of: dragoman
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "dragoman.image" -}}
{{- $image := .Values.image }}
{{- $registry := default $image.registry .Values.global.imageRegistry }}
{{- $name := $image.repository }}
{{- if $registry }}{{ $name = printf "%s/%s" $registry $image.repository }}{{ end }}
{{- if $image.digest }}
{{- printf "%s@%s" $name $image.digest }}
{{- else }}
{{- printf "%s:%s" $name (default .Chart.AppVersion $image.tag) }}
{{- end }}
{{- end }}

{{- define "dragoman.kafkaSecret" -}}
{{ default (printf "%s-kafka" (include "dragoman.fullname" .)) .Values.kafka.sasl.existingSecret }}
{{- end }}

{{- define "dragoman.s3Secret" -}}
{{- $s3 := .Values.storage.s3 }}
{{- if $s3.existingSecret }}{{ $s3.existingSecret }}
{{- else if $s3.accessKeyID }}{{ include "dragoman.fullname" . }}-s3
{{- end }}
{{- end }}

{{- define "dragoman.tokensSecret" -}}
{{- if .m.gateway.tokens.existingSecret }}{{ .m.gateway.tokens.existingSecret }}
{{- else if .m.gateway.tokens.lines }}{{ include "dragoman.fullname" .root }}-{{ .m.name }}-tokens
{{- end }}
{{- end }}

{{- define "dragoman.claim" -}}
{{ default (printf "%s-models" (include "dragoman.fullname" .)) .Values.weights.pvc.existingClaim }}
{{- end }}
