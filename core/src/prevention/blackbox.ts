import type { Family } from "../addresses/address.ts";
import { outsideText } from "./cronjobs.ts";
import { generatedFile } from "./generated-file.ts";
import type { Basis, GeneratedFile, WantedTests } from "./model.ts";
import { testOf, testPods, testPort } from "./names.ts";

/** Of all modules: without `ip_protocol_fallback: false` a name that has no address of the family is probed over the other. */
const prober = (family: Family) => ({
  preferred_ip_protocol: family === "IPv6" ? "ip6" : "ip4",
  ip_protocol_fallback: false,
});

/** https://github.com/prometheus/blackbox_exporter/blob/master/CONFIGURATION.md */
export function modulesFile({ families }: Basis): GeneratedFile {
  const modules = families.flatMap((family) => [
    [
      moduleOf("http", family),
      { prober: "http", timeout: "5s", http: { ...prober(family), follow_redirects: false } },
    ] as const,
    [moduleOf("tcp", family), { prober: "tcp", timeout: "5s", tcp: prober(family) }] as const,
  ]);
  return generatedFile(
    "monitoring/blackbox.yml",
    {
      does: [
        "Modules for blackbox_exporter, of each family its own. By default a name that has no address of the family is probed over the other one, and the probe succeeds: ip_protocol_fallback is false here.",
      ],
      sends: "nothing by itself: the exporter does, where Prometheus asks it to.",
      use: "put the modules into the exporter's configuration file beside those it has; the exporter's own pod needs an address of each family.",
      remove: "take them out again.",
    },
    [{ modules: Object.fromEntries(modules) }],
  );
}

/** What is probed over one family: by module, with its targets. */
export function probesOf(family: Family, { namespace, outside }: WantedTests): readonly Probing[] {
  const inside = `http://${testPods}.${namespace}.svc:${testPort}/`;
  const beyond = outside.filter((target) => target.family === undefined || target.family === family).map(outsideText);
  return [
    { module: moduleOf("http", family), name: testOf(family), targets: [inside] },
    ...(beyond.length > 0
      ? [{ module: moduleOf("tcp", family), name: `${testOf(family)}-outside`, targets: beyond }]
      : []),
  ];
}

interface Probing {
  readonly module: string;
  /** The job that Prometheus knows it by. */
  readonly name: string;
  readonly targets: readonly string[];
}

function moduleOf(kind: "http" | "tcp", family: Family): string {
  return `${kind}_${family.toLowerCase()}`;
}
