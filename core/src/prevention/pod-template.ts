import { restrictedContainer } from "../outposts/outpost.ts";
import { outOfMesh } from "../probing/mesh.ts";

/** Of every pod: no token of the API, no proxy of a mesh, Linux. */
export function podTemplate(labels: Readonly<Record<string, string>>, spec: object): object {
  return {
    metadata: {
      labels: { ...labels, ...outOfMesh.labels },
      annotations: outOfMesh.annotations,
    },
    spec: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      nodeSelector: { "kubernetes.io/os": "linux" },
      ...spec,
    },
  };
}

/** A container of Pod Security "restricted" that takes next to nothing. */
export function smallContainer(name: string, image: string, more: object): object {
  return {
    name,
    image,
    imagePullPolicy: "IfNotPresent",
    ...more,
    resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { cpu: "200m", memory: "64Mi" } },
    securityContext: restrictedContainer,
  };
}

/** The script of a ConfigMap, where {@link scriptFolder} says. */
export function scriptFrom(configMap: string): { volumeMounts: object[]; volumes: object[] } {
  return {
    volumeMounts: [{ name: "script", mountPath: scriptFolder, readOnly: true }],
    volumes: [{ name: "script", configMap: { name: configMap } }],
  };
}

export const scriptFolder = "/script";
