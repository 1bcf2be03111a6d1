import { stringify } from "yaml";

/** A kubeconfig with one context a role, named LAB-ROLE; the administrator's is LAB alone, and current. */
export function kubeconfig(lab: string, ca: string, port: number, tokens: Map<string, string>): string {
  const users = [...tokens].map(([token, role]) => ({ name: `${lab}-${role}`, user: { token } }));
  const contexts = [...tokens.values()].map((role) => ({
    name: role === "admin" ? lab : `${lab}-${role}`,
    context: { cluster: lab, user: `${lab}-${role}`, namespace: "default" },
  }));
  const cluster = {
    server: `https://127.0.0.1:${port}`,
    "certificate-authority-data": Buffer.from(ca).toString("base64"),
  };
  const clusters = [{ name: lab, cluster }];
  return stringify({ apiVersion: "v1", kind: "Config", clusters, users, contexts, "current-context": lab });
}
