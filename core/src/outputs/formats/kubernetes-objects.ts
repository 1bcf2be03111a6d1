import { parseAddress, parsePrefix } from "../../addresses/address.ts";
import { parseDocument } from "../../manifest/document.ts";
import type { Resource } from "../../manifest/resource.ts";
import type { Format, Sign } from "../output.ts";

/** What one object says of its families; `where` they stand, in the words of the API. */
interface Spoken {
  readonly resource: Resource;
  readonly families: ReadonlySet<string>;
  readonly where: string;
  readonly pointsTo: Sign["pointsTo"];
}

/** `kubectl get ... -o yaml` or `-o json`: {@link https://kubernetes.io/docs/concepts/services-networking/dual-stack/} */
export const format: Format = {
  title: "kubectl get -o yaml",
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/",

  hear({ lines }) {
    const whole = lines.map(({ text }) => text).join("\n");
    if (!/^[ \t]*"?kind"?: ?"?[A-Z]/m.test(whole)) return { understood: [], signs: [] };
    const document = whole.split(/^---.*$/m);
    let from = 0;
    const signs: Sign[] = [];
    const spoken: { readonly one: Spoken; readonly line: number }[] = [];
    for (const text of document) {
      for (const resource of parseDocument(text).resources)
        for (const one of said(resource)) {
          const at = text.slice(0, resource.get("metadata", "name")?.start ?? 0).split("\n").length - 1;
          spoken.push({ one, line: lines[from + at]?.number ?? 0 });
        }
      from += text.split("\n").length - 1;
    }
    const understood = spoken.length > 0 ? lines.map(({ number }) => number) : [];
    // In a cluster of one family nothing is missing.
    if (!spoken.some(({ one }) => one.families.has("IPv6"))) return { understood, signs };
    for (const { one, line } of spoken)
      if (one.families.size === 1 && one.families.has("IPv4"))
        signs.push({
          line,
          family: "IPv6",
          says: `${one.resource.kind} ${one.resource.get("metadata", "name")?.text ?? ""} has no IPv6 in ${one.where}, and others here have`,
          pointsTo: one.pointsTo,
        });
    return { understood, signs };
  },
};

function said(resource: Resource): Spoken[] {
  const texts = (...path: (string | number)[]) => resource.get(...path)?.items() ?? [];
  switch (resource.kind) {
    case "Node": {
      const internal = texts("status", "addresses").filter((one) => one.get("type")?.text === "InternalIP");
      return [
        spokenBy(
          resource,
          internal.map((one) => one.get("address")?.text),
          "status.addresses",
          ["node-without-ipv6-internal-ip"],
        ),
        spokenBy(
          resource,
          texts("spec", "podCIDRs").map(({ text }) => text),
          "spec.podCIDRs",
          ["node-podcidr-single-stack"],
        ),
      ].filter(({ families }) => families.size > 0);
    }
    case "Pod":
      return [
        spokenBy(
          resource,
          texts("status", "podIPs").map((one) => one.get("ip")?.text),
          "status.podIPs",
          ["cni-without-ipv6", "cluster-single-stack"],
        ),
      ].filter(({ families }) => families.size > 0);
    case "Service":
      return [
        spokenBy(
          resource,
          texts("spec", "clusterIPs").map(({ text }) => text),
          "spec.clusterIPs",
          ["service-single-stack"],
        ),
      ].filter(({ families }) => families.size > 0);
    default:
      return [];
  }
}

function spokenBy(
  resource: Resource,
  addresses: readonly (string | undefined)[],
  where: string,
  pointsTo: Sign["pointsTo"],
): Spoken {
  const families = addresses.flatMap((text = "") => (parseAddress(text) ?? parsePrefix(text)?.address)?.family ?? []);
  return { resource, families: new Set(families), where, pointsTo };
}
