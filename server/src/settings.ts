import { parseVersion } from "#core/config.ts";
import { type Severity, type Shape, shapes } from "#core/rule.ts";

/** What the client's `kube-ipv6` settings say; what is not set, or not sound, is left out. */
export interface ClientSettings {
  readonly cluster?: Shape;
  readonly kubernetes?: number;
  readonly rules: Readonly<Record<string, Severity | "off">>;
  readonly inlayHints: boolean;
}

export const noSettings: ClientSettings = { rules: {}, inlayHints: true };

/** Anything may stand in what a client sends. */
interface Sent {
  readonly [key: string]: unknown;
  readonly "kube-ipv6"?: unknown;
  readonly rules?: unknown;
  readonly inlayHints?: unknown;
  readonly cluster?: unknown;
  readonly kubernetes?: unknown;
  readonly text?: unknown;
  readonly id?: unknown;
  readonly uri?: unknown;
}

const grades = ["error", "warning", "information", "off"];

/** Settings as they are sent: the section itself, or an object that holds it. */
export function readSettings(sent: unknown): ClientSettings {
  const section = record(record(sent)["kube-ipv6"] ?? sent);
  const rules = Object.entries(record(section.rules)).filter(([, grade]) => grades.includes(String(grade)));
  return {
    ...meantFor(section),
    rules: Object.fromEntries(rules) as Record<string, Severity | "off">,
    inlayHints: section.inlayHints !== false,
  };
}

/** `{cluster: "dual-v4", kubernetes: "1.34"}`; "unknown" and "" leave it to whoever knows. */
export function meantFor(sent: unknown): Pick<ClientSettings, "cluster" | "kubernetes"> {
  const { cluster, kubernetes } = record(sent);
  const shape = shapes.find((known) => known === cluster && known !== "unknown");
  const minor = typeof kubernetes === "string" ? parseVersion(kubernetes) : undefined;
  return { ...(shape ? { cluster: shape } : {}), ...(minor === undefined ? {} : { kubernetes: minor }) };
}

/** What a client sent, to be looked into field by field. */
export function record(value: unknown): Sent {
  return typeof value === "object" && value !== null ? (value as Sent) : {};
}
