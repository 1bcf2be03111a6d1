// What kubectl sends for the few commands of a plan, for a machine without one: `-n NS patch KIND NAME --type merge -p JSON`,
// and `-n NS replace --force -f -`.
import { readFileSync } from "node:fs";
import { callApi } from "./client.ts";

const [, namespace, verb, kind, name, , , , body] = process.argv.slice(2);
const groups = { service: "/api/v1", networkpolicy: "/apis/networking.k8s.io/v1" };
const kubeconfig = process.env.KUBECONFIG ?? "";
if (verb === "patch") {
  const plural = kind === "service" ? "services" : "networkpolicies";
  const path = `${groups[kind]}/namespaces/${namespace}/${plural}/${name}`;
  await callApi(kubeconfig, "PATCH", path, body, "application/merge-patch+json");
} else if (verb === "replace") {
  const object = JSON.parse(readFileSync(0, "utf8"));
  const path = `${groups.service}/namespaces/${namespace}/services`;
  await callApi(kubeconfig, "DELETE", `${path}/${object.metadata.name}`);
  await callApi(kubeconfig, "POST", path, object);
} else throw new Error(`kubectl ${verb} is not known here`);
