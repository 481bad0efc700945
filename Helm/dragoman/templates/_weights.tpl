{{/* Volume of the models, for reading. */}}
{{- define "dragoman.weightsVolume" -}}
{{- $weights := .Values.weights }}
- name: models
{{- if eq $weights.type "pvc" }}
  persistentVolumeClaim: {claimName: {{ include "dragoman.claim" . }}, readOnly: true}
{{- else if eq $weights.type "hostPath" }}
  hostPath: {path: {{ $weights.hostPath.path }}, type: DirectoryOrCreate}
{{- else }}
  image: {reference: {{ $weights.image.reference | quote }}, pullPolicy: {{ $weights.image.pullPolicy }}}
{{- end }}
{{- end }}

{{/* Whether something else puts the model where it is to be, so that workers have to wait. */}}
{{- define "dragoman.awaitsWeights" -}}
{{- if or .m.convert (and (eq .root.Values.weights.type "hostPath") .root.Values.weights.hostPath.source) }}true{{ end }}
{{- end }}

{{- define "dragoman.waitForWeights" -}}
- name: wait-for-weights
  {{- include "dragoman.containerCommon" .root | nindent 2 }}
  command: [bash, -c, 'until [ -e "$MODEL" ]; do sleep 2; done']
  env:
    - {name: MODEL, value: {{ include "dragoman.modelPath" . | quote }}}
  resources:
    requests: {cpu: 10m, memory: 16Mi}
    limits: {memory: 64Mi}
  volumeMounts:
    - {name: models, mountPath: {{ .root.Values.weights.mountPath }}, readOnly: true}
{{- end }}
