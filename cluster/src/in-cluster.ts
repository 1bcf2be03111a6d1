import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { KubeconfigDocument } from "./kubeconfig-document.ts";

/** Where a pod finds who it is. https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/ */
export const serviceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

/** The name of the context that a pod has without a kubeconfig. */
const inClusterContext = "in-cluster";

/** What a kubeconfig would say of the cluster that this process runs in as a pod, as client-go makes it; undefined elsewhere. */
export function inCluster(
  env: Readonly<Record<string, string | undefined>>,
  folder: string,
): KubeconfigDocument | undefined {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = env;
  const token = join(folder, "token");
  if (!host || !port || !existsSync(token)) return undefined;
  const ca = join(folder, "ca.crt");
  const name = inClusterContext;
  const server = `https://${host.includes(":") ? `[${host}]` : host}:${port}`;
  return {
    file: folder,
    clusters: [{ name, file: folder, server, skipTLSVerify: false, ...(existsSync(ca) ? { caFile: ca } : {}) }],
    users: [{ name, file: folder, tokenFile: token, impersonateGroups: [], impersonateExtra: {} }],
    contexts: [{ name, cluster: name, user: name, namespace: namespaceIn(folder) }],
    current: name,
  };
}

function namespaceIn(folder: string): string {
  const file = join(folder, "namespace");
  return (existsSync(file) && readFileSync(file, "utf8").trim()) || "default";
}
