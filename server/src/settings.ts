import { parsePrefix } from "#core/addresses/address.ts";
import { type Shape, shapes } from "#core/addresses/shape.ts";
import { parseVersion } from "#core/lint/config-file.ts";
import type { Severity } from "#core/lint/rule.ts";

/** What the client's `kube-ipv6` settings say; what is not set, or not sound, is left out. */
export interface ClientSettings {
  readonly cluster?: Shape;
  readonly kubernetes?: number;
  readonly serviceCIDRs?: readonly string[];
  readonly rules: Readonly<Record<string, Severity | "off">>;
  readonly inlayHints: boolean;
  /** Whose findings are told: those of the files that are open, or of all manifests of the workspace. */
  readonly check: "openFiles" | "workspace";
}

export const noSettings: ClientSettings = { rules: {}, inlayHints: true, check: "workspace" };

/** Anything may stand in what a client sends. */
interface Sent {
  readonly [key: string]: unknown;
  readonly "kube-ipv6"?: unknown;
  readonly rules?: unknown;
  readonly inlayHints?: unknown;
  readonly check?: unknown;
  readonly cluster?: unknown;
  readonly kubernetes?: unknown;
  readonly serviceCIDRs?: unknown;
  readonly text?: unknown;
  readonly id?: unknown;
  readonly uri?: unknown;
  readonly rule?: unknown;
  readonly kubernetesVersion?: unknown;
  readonly duplicateKeys?: unknown;
  readonly values?: unknown;
  readonly files?: unknown;
}

const grades = ["error", "warning", "information", "off"];

/** Settings as they are sent: the section itself, or an object that holds it; and those of Red Hat's YAML, which may know the version. */
export function readSettings(sent: unknown, yaml?: unknown): ClientSettings {
  const section = sentRecord(sentRecord(sent)["kube-ipv6"] ?? sent);
  const rules = Object.entries(sentRecord(section.rules)).filter(([, grade]) => grades.includes(String(grade)));
  const { kubernetesVersion } = sentRecord(yaml);
  return {
    ...meantFor({ kubernetes: kubernetesVersion }),
    ...meantFor(section),
    rules: Object.fromEntries(rules) as Record<string, Severity | "off">,
    inlayHints: section.inlayHints !== false,
    check: section.check === "openFiles" ? "openFiles" : "workspace",
  };
}

/** What files are meant for, as far as a client may know it. */
export type Live = Pick<ClientSettings, "cluster" | "kubernetes" | "serviceCIDRs">;

/** `{cluster: "dual-v4", kubernetes: "1.34", serviceCIDRs: ["10.96.0.0/12"]}`; "unknown", "" and [] leave it to whoever knows. */
export function meantFor(sent: unknown): Live {
  const { cluster, kubernetes, serviceCIDRs } = sentRecord(sent);
  const shape = shapes.find((known) => known === cluster && known !== "unknown");
  const minor = typeof kubernetes === "string" ? parseVersion(kubernetes) : undefined;
  const ranges = Array.isArray(serviceCIDRs)
    ? serviceCIDRs.filter((text) => parsePrefix(String(text))).map(String)
    : [];
  return {
    ...(shape ? { cluster: shape } : {}),
    ...(minor === undefined ? {} : { kubernetes: minor }),
    ...(ranges.length === 0 ? {} : { serviceCIDRs: ranges }),
  };
}

/** `{files: [{uri, text}]}`, each text a string or null. */
export function toldFilesIn(sent: unknown): readonly { readonly uri: string; readonly text: string | null }[] {
  const { files } = sentRecord(sent);
  return (Array.isArray(files) ? files : [])
    .map(sentRecord)
    .flatMap(({ uri, text }) =>
      typeof uri === "string" && (typeof text === "string" || text === null) ? [{ uri, text }] : [],
    );
}

/** What a client sent, to be looked into field by field. */
export function sentRecord(value: unknown): Sent {
  return typeof value === "object" && value !== null ? (value as Sent) : {};
}
