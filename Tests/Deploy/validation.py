"""Rendered objects against the schemas of Kubernetes, KEDA and the Prometheus operator, and rules of this chart's own."""

import importlib
import warnings

import kubernetes_validate

KUBERNETES = "1.37"
MODELS = {
    "keda.sh/v1alpha1": "cloudcoil.models.keda.v1alpha1",
    "monitoring.coreos.com/v1": "cloudcoil.models.prometheus_operator.v1",
}


def problems(key, obj):
    """What is wrong with an object, in words."""
    if obj["apiVersion"] in MODELS:
        yield from custom_problems(key, obj)
    else:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                kubernetes_validate.validate(obj, KUBERNETES, strict=True)
        except Exception as error:  # noqa: BLE001  Whatever it is, the object has not been found right.
            yield f"{key}: {error}"
    yield from security_problems(key, obj)


def custom_problems(key, obj):
    """The models take unknown keys; what they leave out of what they took is unknown."""
    model = getattr(importlib.import_module(MODELS[obj["apiVersion"]]), obj["kind"])
    try:
        taken = model.model_validate(obj).model_dump(by_alias=True, exclude_unset=True, mode="json")
    except ValueError as error:
        yield f"{key}: {error}"
        return
    yield from (f"{key}: unknown key {path}" for path in left_out(obj, taken))


def left_out(given, taken, path=""):
    if isinstance(given, dict):
        for name, value in given.items():
            inner = f"{path}.{name}".lstrip(".")
            if not isinstance(taken, dict) or name not in taken:
                yield inner
            else:
                yield from left_out(value, taken[name], inner)
    elif isinstance(given, list):
        for index, value in enumerate(given):
            yield from left_out(value, taken[index], f"{path}[{index}]")


def pod_template(obj):
    """Labels and spec of an object's pods; nothing where it has none."""
    if obj["kind"] == "Pod":
        return obj["metadata"]["labels"], obj["spec"]
    template = obj.get("spec", {}).get("template") if obj["kind"] != "PodMonitor" else None
    return (template["metadata"]["labels"], template["spec"]) if template else None


def security_problems(key, obj):
    """What Pod Security Standards' level 'restricted' asks for, and a bit more. The prefetch pod alone is root: it writes a
    folder of its node."""
    if not (found := pod_template(obj)):
        return
    spec = found[1]
    pod = spec.get("securityContext", {})
    if pod.get("seccompProfile") != {"type": "RuntimeDefault"}:
        yield f"{key}: no seccomp profile"
    if spec.get("automountServiceAccountToken") is not False or spec.get("enableServiceLinks") is not False:
        yield f"{key}: token or service links"
    for container in spec.get("initContainers", []) + spec["containers"]:
        name = f"{key}, {container['name']}"
        context = container.get("securityContext", {})
        if context.get("allowPrivilegeEscalation") is not False or context.get("readOnlyRootFilesystem") is not True:
            yield f"{name}: privileges, or a root that can be written to"
        if context.get("capabilities") != {"drop": ["ALL"]}:
            yield f"{name}: capabilities"
        is_root = context.get("runAsUser", pod.get("runAsUser", 0)) == 0
        if is_root != (container["name"] == "prefetch"):
            yield f"{name}: runs as root, or should"
        if "memory" not in container.get("resources", {}).get("limits", {}):
            yield f"{name}: no limit of memory"


def reference_problems(objects, external):
    """Names that objects give each other: ConfigMaps, secrets, claims, accounts, targets, what services select."""
    pods = [(key, *found) for key, obj in objects.items() if (found := pod_template(obj))]
    for key, labels, spec in pods:
        hook = key.endswith(" (hook)") and not key.startswith("Pod/")
        for wanted in references(spec):
            name = wanted + (" (hook)" if hook else "")
            if name not in objects and wanted not in external:
                yield f"{key}: names {wanted}, which is not there" + (" before the release" if hook else "")
        volumes = {volume["name"] for volume in spec.get("volumes", [])}
        for container in spec.get("initContainers", []) + spec["containers"]:
            for mount in container.get("volumeMounts", []):
                if mount["name"] not in volumes:
                    yield f"{key}, {container['name']}: mounts {mount['name']}, which is no volume"
            ports = {port["name"] for port in container.get("ports", [])}
            for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
                port = container.get(probe, {}).get("httpGet", {}).get("port", "http")
                if probe in container and port not in ports:
                    yield f"{key}: {probe} asks port {port}, which is none"
    for key, obj in objects.items():
        spec = obj.get("spec", {})
        selector = {
            "Service": lambda: spec["selector"],
            "NetworkPolicy": lambda: spec["podSelector"]["matchLabels"],
            "PodDisruptionBudget": lambda: spec["selector"]["matchLabels"],
            "Deployment": lambda: spec["selector"]["matchLabels"],
            "StatefulSet": lambda: spec["selector"]["matchLabels"],
            "DaemonSet": lambda: spec["selector"]["matchLabels"],
        }.get(obj["kind"])
        if selector:
            chosen = [pod for pod, labels, _ in pods if selector().items() <= labels.items()]
            if len(chosen) != 1:
                yield f"{key}: selects {chosen}, and should one"
        target = spec.get("scaleTargetRef")
        if target and f"{target['kind']}/{target['name']}" not in objects:
            yield f"{key}: scales {target['name']}, which is not there"
        if target and "replicas" in objects.get(f"{target['kind']}/{target['name']}", {}).get("spec", {}):
            yield f"{key}: {target['name']} sets replicas itself"


def references(spec):
    if spec.get("serviceAccountName", "default") != "default":
        yield f"ServiceAccount/{spec['serviceAccountName']}"
    for volume in spec.get("volumes", []):
        if "configMap" in volume:
            yield f"ConfigMap/{volume['configMap']['name']}"
        if "secret" in volume:
            yield f"Secret/{volume['secret']['secretName']}"
        if "persistentVolumeClaim" in volume:
            yield f"PersistentVolumeClaim/{volume['persistentVolumeClaim']['claimName']}"
    for container in spec.get("initContainers", []) + spec["containers"]:
        for variable in container.get("env", []):
            if secret := variable.get("valueFrom", {}).get("secretKeyRef"):
                yield f"Secret/{secret['name']}"
