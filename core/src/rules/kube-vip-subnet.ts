import { parseAddress } from "../addresses/address.ts";
import { containersOf, envOf } from "../kinds/containers.ts";
import { imageName } from "../kinds/runtime.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field, Place } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "kube-vip puts an IPv6 address on its interface with the prefix length of IPv4",
  why: `kube-vip adds each virtual address with the length that \`vip_subnet\` says, one for both families or one of each: \`32,128\`. With
\`32\` alone an IPv6 address is added as a /32, and the node takes all of that prefix for its own link. \`vip_cidr\` is read no longer.
In \`bgp_peers\` colons part the address from the AS number, so that an IPv6 address stands in brackets there, and nowhere else.`,
  source: "https://kube-vip.io/docs/installation/flags/",
  severity: "warning",
  kinds: ["Pod", "DaemonSet", "Deployment", "HelmValues"],
  mentions: [/vip_subnet|vip_cidr|vip_address|bgp_peer|kube-vip/],
  example: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: kube-vip
spec:
  containers:
    - name: kube-vip
      image: ghcr.io/kube-vip/kube-vip:v1.0.0
      env:
        - name: address
          value: 10.20.4.5,fd12:3456:789a::5
        - name: vip_subnet
          value: "32"
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: kube-vip
spec:
  containers:
    - name: kube-vip
      image: ghcr.io/kube-vip/kube-vip:v1.0.0
      env:
        - name: address
          value: 10.20.4.5,fd12:3456:789a::5
        - name: vip_subnet
          value: "32,128"
`,
  },

  *check(resource) {
    for (const env of resource.kind === "HelmValues" ? inValues(resource) : inContainers(resource)) {
      yield* lengths(env);
      yield* addresses(env);
      yield* peers(env);
    }
  },
};

/** The variables of kube-vip by name: the value of each, and what to underline where the name is wrong. */
type Variables = ReadonlyMap<string, { readonly value: Field; readonly name: Place | undefined }>;

function inContainers(resource: Resource): readonly Variables[] {
  return containersOf(resource)
    .filter((container) => imageName(container) === "kube-vip")
    .map(
      (container) =>
        new Map(
          envOf(container).flatMap(({ name, value, entry }) =>
            value ? [[name, { value, name: entry.get("name") }] as const] : [],
          ),
        ),
    );
}

/** https://github.com/kube-vip/helm-charts/blob/main/charts/kube-vip/values.yaml, alone or below its name */
function inValues({ root }: Resource): readonly Variables[] {
  return [root, ...root.entries().map(([, field]) => field)].flatMap((chart) => {
    const [env, address] = [chart.get("env"), chart.get("config", "address")];
    const own = env?.entries().map(([name, value]) => [name, { value, name: value.key }] as const) ?? [];
    if (!own.some(([name]) => /^(?:vip_|cp_enable|svc_enable)/.test(name))) return [];
    return [new Map([...own, ...(address ? [["address", { value: address, name: address.key }] as const] : [])])];
  });
}

function addressOf(env: Variables): Field | undefined {
  return (env.get("address") ?? env.get("vip_address"))?.value;
}

function* lengths(env: Variables): Iterable<Report> {
  const families = (addressOf(env)?.text?.split(",") ?? []).map((text) => parseAddress(text.trim())?.family);
  if (!families.includes("IPv6")) return;
  const subnet = env.get("vip_subnet")?.value;
  const cidr = env.get("vip_cidr");
  const [length, ...more] = subnet?.text?.split(",").map((text) => text.trim().replace(/^\//, "")) ?? [];
  const both = families.includes("IPv4") ? "32,128" : "128";
  if (subnet && length && more.length === 0 && /^\d+$/.test(length) && Number(length) <= 32)
    yield {
      at: subnet,
      message: `the IPv6 address is added as a /${length}, all of it taken for the node's own link; write "${
        families.includes("IPv4") ? `${length},128` : "128"
      }"`,
    };
  if (cidr && !subnet) yield { at: cidr.name, message: `vip_cidr is read no longer: write vip_subnet, "${both}"` };
}

/** kube-vip joins address and port itself. https://github.com/kube-vip/kube-vip/blob/main/pkg/vip/address.go */
function* addresses(env: Variables): Iterable<Report> {
  const field = addressOf(env);
  for (const { 0: bracketed, 1: bare = "", index } of (field?.text ?? "").matchAll(/\[([\da-f:.]+)\]/gi))
    if (field && parseAddress(bare))
      yield {
        at: field.within(index, index + bracketed.length),
        message: `no address with its brackets: write ${bare}`,
        fix: {
          kind: "spelling",
          title: `Write ${bare}`,
          edits: [field.replace(field.text?.replace(bracketed, bare) ?? "")],
        },
      };
}

/** `address:AS:password:multihop`. https://github.com/kube-vip/kube-vip/blob/main/pkg/bgp/peers.go, ParseBGPPeerConfig */
function* peers(env: Variables): Iterable<Report> {
  const field = env.get("bgp_peers")?.value;
  let from = 0;
  for (const peer of field?.text?.split(",") ?? []) {
    const start = from;
    from += peer.length + 1;
    const ends = [...peer.matchAll(/:\d+(?=[:/]|$)/g)].map(({ index }) => index);
    const end = ends.find((at) => parseAddress(peer.slice(0, at))?.family === "IPv6");
    if (!field || end === undefined) continue;
    const bracketed = `[${peer.slice(0, end)}]`;
    yield {
      at: field.within(start, start + end),
      message: `BGP Peer AS format error [${peer.split(":")[1]}]: write ${bracketed}`,
    };
  }
}
