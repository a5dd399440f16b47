{{- define "open-peridio.name" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "open-peridio.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: server
{{- end -}}

{{- define "open-peridio.labels" -}}
{{ include "open-peridio.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "open-peridio.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}{{ .repository }}@{{ .digest }}{{- else -}}{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}{{- end -}}
{{- end -}}
{{- end -}}

{{- define "open-peridio.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "open-peridio.name" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end -}}

{{/* Within the container, not in a ConfigMap: what the migration runs before would not exist yet. */}}
{{- define "open-peridio.environment" -}}
env:
  - name: PERIDIO_HOST
    value: 0.0.0.0
  - name: PERIDIO_PORT
    value: "4000"
  - name: PERIDIO_DATA_DIR
    value: /data
  - name: PERIDIO_PUBLIC_URL
    value: {{ .Values.publicUrl | quote }}
  - name: PERIDIO_CONTENT_URL
    value: {{ .Values.contentUrl | quote }}
  {{- with .Values.contentPublicUrl }}
  - name: PERIDIO_CONTENT_PUBLIC_URL
    value: {{ . | quote }}
  {{- end }}
  {{- with .Values.trustedProxies }}
  - name: PERIDIO_TRUSTED_PROXIES
    value: {{ join ", " . | quote }}
  {{- end }}
  {{- if .Values.secrets.origins }}
  - name: PERIDIO_ORIGINS
    value: /etc/peridio/origins/origins.toml
  {{- end }}
  {{- range $name, $value := .Values.settings }}
  - name: {{ $name }}
    value: {{ $value | quote }}
  {{- end }}
envFrom:
  - secretRef:
      name: {{ .Values.secrets.server }}
  {{- with .Values.secrets.storage }}
  - secretRef:
      name: {{ . }}
  {{- end }}
{{- end -}}

{{/* What the "restricted" Pod Security Standard asks for. */}}
{{- define "open-peridio.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "open-peridio.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "open-peridio.volumes" -}}
volumes:
  - name: data
    emptyDir: {}
  - name: tmp
    emptyDir: {}
  {{- with .Values.secrets.origins }}
  - name: origins
    secret:
      secretName: {{ . }}
      defaultMode: 0440
  {{- end }}
{{- end -}}

{{- define "open-peridio.volumeMounts" -}}
volumeMounts:
  - name: data
    mountPath: /data
  - name: tmp
    mountPath: /tmp
  {{- if .Values.secrets.origins }}
  - name: origins
    mountPath: /etc/peridio/origins
    readOnly: true
  {{- end }}
{{- end -}}
