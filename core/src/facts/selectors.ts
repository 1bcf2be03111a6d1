import type { Family } from "../addresses/address.ts";
import type { Shape } from "../addresses/shape.ts";
import { serves, serviceFamiliesOf, serviceFields } from "../kinds/service.ts";
import { fact } from "../lint/fact.ts";
import type { Field } from "../manifest/field.ts";

/** A Service that sends traffic to pods. */
export interface ExposedService {
  readonly selector: Readonly<Record<string, string>>;
  /** The families it has on every cluster that takes it; "either" where PreferDualStack leaves it to the cluster. */
  readonly families: readonly Family[] | "either";
  /** What its ports are sent to: numbers or names, as written. */
  readonly targets: readonly string[];
}

/** Services with a selector that ask for both families, or name one. */
export const exposedServices = fact<ExposedService>(["Service"], (service) => {
  const selector = labelsOf(service.get("spec", "selector"));
  const fields = serviceFields(service);
  if (!selector || Object.keys(selector).length === 0 || fields.type === "ExternalName") return undefined;
  const families =
    serviceFamiliesOf(fields, "unknown") ?? (fields.policy?.text === "PreferDualStack" ? "either" : undefined);
  const ports = service.get("spec", "ports")?.items() ?? [];
  const targets = ports.map((port) => port.get("targetPort")?.text ?? port.get("port")?.text ?? "");
  return families && { selector, families, targets };
});

/** The families a Service has on a cluster; empty where that cannot be told, or the cluster refuses it. */
export function familiesOn(cluster: Shape, { families }: ExposedService): readonly Family[] {
  if (families !== "either") return families.every((family) => serves(cluster, family)) ? families : [];
  return cluster.startsWith("dual") ? ["IPv4", "IPv6"] : [];
}

/** Labels as written; undefined if some of them come from a template. */
export function labelsOf(field: Field | undefined): Readonly<Record<string, string>> | undefined {
  const entries = field?.entries() ?? [];
  return entries.every(([, value]) => value.text !== undefined)
    ? Object.fromEntries(entries.map(([key, value]) => [key, value.text ?? ""]))
    : undefined;
}

/** True if everything that carries `labels` is selected by the labels of a selector. */
export function selectsAll(
  selector: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
