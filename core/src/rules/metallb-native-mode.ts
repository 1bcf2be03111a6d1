import { spanOf } from "../addresses/span.ts";
import { fileOf } from "../facts/identities.ts";
import { containersOf, envOf } from "../kinds/containers.ts";
import { fact } from "../lint/fact.ts";
import type { Rule, World } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "MetalLB in native mode is told to announce IPv6 over BGP",
  why: `MetalLB's own BGP speaker, in use unless \`METALLB_BGP_TYPE\` names FRR, has no IPv6. Run it in FRR mode, or announce IPv6 pools
in layer 2.`,
  source: "https://metallb.io/concepts/bgp/#frr-mode",
  severity: "error",
  codes: ["MLB005"],
  kinds: ["IPAddressPool"],
  groups: ["metallb.io"],
  example: {
    bad: manifest("native"),
    good: manifest("frr"),
  },

  *check(pool, world) {
    const item = (pool.get("spec", "addresses")?.items() ?? []).find(
      ({ text }) => spanOf(text ?? "")?.first.family === "IPv6",
    );
    if (!item || !runsNative(world, pool) || !isAnnounced(world, pool)) return;
    const says = `pool "${pool.name}" has ipv6 CIDR ${item.text}, native bgp mode does not support ipv6`;
    yield { at: item, message: `${says}: run the speaker in FRR mode` };
  },
};

/** Of a speaker: that it has no mode but its own. undefined for anything else, and where a template may set it. */
const native = fact(
  ["DaemonSet"],
  (resource): boolean | undefined => {
    const speaker = containersOf(resource).find((container) =>
      /\bmetallb\/speaker\b/.test(container.get("image")?.text ?? ""),
    );
    if (!speaker || resource.partial || speaker.has("envFrom")) return undefined;
    const mode = envOf(speaker).findLast(({ name }) => name === "METALLB_BGP_TYPE");
    return mode ? mode.value?.text === "native" || mode.value?.text === "" : true;
  },
  /metallb/,
);

/** Pools that BGP announces, by name; an empty list means all. */
const announced = fact(["BGPAdvertisement"], (advertisement): readonly string[] | undefined => {
  if (advertisement.get("spec", "ipAddressPoolSelectors")) return undefined;
  return (advertisement.get("spec", "ipAddressPools")?.items() ?? []).map(({ text = "" }) => text);
});

function runsNative(world: World, pool: Resource): boolean {
  const speakers = world.all(native);
  return speakers.length > 0 && speakers.every(({ value, file }) => value && file === fileOf(world, pool));
}

function isAnnounced(world: World, pool: Resource): boolean {
  const near = world.all(announced).filter(({ file }) => file === fileOf(world, pool));
  return near.some(({ value }) => value.length === 0 || value.includes(pool.name ?? ""));
}

function manifest(mode: string): string {
  return `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: speaker
spec:
  template:
    spec:
      containers:
        - image: quay.io/metallb/speaker:v0.15.2
          env:
            - {name: METALLB_BGP_TYPE, value: ${mode}}
---
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata:
  name: edge
spec:
  addresses: ["fd12:3456:789d::/120"]
---
apiVersion: metallb.io/v1beta1
kind: BGPAdvertisement
metadata:
  name: edge
`;
}
