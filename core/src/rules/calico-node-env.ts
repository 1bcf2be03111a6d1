import { parseAddress, parsePrefix } from "../addresses/address.ts";
import { type CalicoEnv, calicoNodes } from "../kinds/calico-node.ts";
import type { Report, Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";
import { under } from "../manifest/missing.ts";
import { podKinds } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "Settings of calico-node that contradict each other",
  why: `With \`FELIX_IPV6SUPPORT\` at "false", as the published manifest has it, Felix programs neither routes nor policies for
IPv6, whatever pools there are. \`NO_DEFAULT_POOLS\` and a pool CIDR exclude each other, and a pool's block is /116 to /128
for IPv6 and /20 to /32 for IPv4; its CIDR is one of its family, or \`none\`: \`calico-node\` stops at anything else.`,
  source: "https://docs.tigera.io/calico/latest/reference/configure-calico-node",
  severity: "error",
  codes: ["CAL022", "CAL023"],
  kinds: podKinds,
  mentions: [/IPV[46]POOL|NO_DEFAULT_POOLS|FELIX_IPV6SUPPORT/],
  example: {
    bad: daemonSet("false"),
    good: daemonSet("true"),
  },

  *check(resource) {
    for (const env of calicoNodes(resource)) {
      yield* felix(env);
      yield* pools(env);
      yield* cidrs(env);
      yield* blocks(env);
    }
  },
};

function* felix(env: CalicoEnv): Iterable<Report> {
  const support = env.get("FELIX_IPV6SUPPORT");
  const pool = env.get("CALICO_IPV6POOL_CIDR");
  const asks = (pool && pool.value?.text !== "none") || env.get("IP6")?.value?.text === "autodetect";
  if (!asks || support?.value?.text?.toLowerCase() !== "false") return;
  yield {
    at: under(support.entry.path, support.value),
    message: 'Felix programs nothing for IPv6 with "false": write "true", an IPv6 pool is asked for here',
    severity: "warning",
    codes: ["CAL022"],
    fix: { kind: "decision", title: 'Write "true"', edits: [support.value.replace("true")] },
  };
}

function* pools(env: CalicoEnv): Iterable<Report> {
  const none = env.get("NO_DEFAULT_POOLS");
  const cidr = env.get("CALICO_IPV4POOL_CIDR") ?? env.get("CALICO_IPV6POOL_CIDR");
  if (none?.value?.text?.toLowerCase() !== "true" || !cidr?.value?.text) return;
  const message = `Invalid configuration with NO_DEFAULT_POOLS defined and ${cidr.name}: take one of them away`;
  yield { at: under(none.entry.path, none.value), message, codes: ["CAL023"] };
}

function* cidrs(env: CalicoEnv): Iterable<Report> {
  for (const family of ["IPv4", "IPv6"] as const) {
    const pool = env.get(`CALICO_${family.toUpperCase()}POOL_CIDR`);
    const text = pool?.value?.text;
    // Without a dot or a colon it is "none", or a word to fill in.
    if (!pool?.value || !text || !/[.:]/.test(text) || isPlaceholder(text)) continue;
    const read = parsePrefix(text)?.address;
    if (read?.family === family && !read.leadingZeros) continue;
    const advice = read?.leadingZeros
      ? "take the leading 0s away"
      : parseAddress(text)?.family === family
        ? "add its length"
        : `write one ${family} prefix`;
    const message = `Invalid CIDR specified in ${pool.name} '${text}': ${advice}`;
    yield { at: under(pool.entry.path, pool.value), message, codes: ["CAL023"] };
  }
}

/** A pool holds one block at least: projectcalico/calico libcalico-go/lib/clientv3/ippool.go */
function* blocks(env: CalicoEnv): Iterable<Report> {
  for (const [version, least, most, usual] of [
    [4, 20, 32, "26"],
    [6, 116, 128, "122"],
  ] as const) {
    const size = env.get(`CALICO_IPV${version}POOL_BLOCK_SIZE`);
    const bits = Number(size?.value?.text || usual);
    const pool = env.get(`CALICO_IPV${version}POOL_CIDR`);
    const prefix = parsePrefix(pool?.value?.text ?? "");
    if (pool?.value && prefix && prefix.address.family === `IPv${version}` && prefix.length > bits) {
      const message = `IP pool size is too small for use with Calico IPAM. It must be equal to or greater than the block size, /${bits}`;
      yield { at: under(pool.entry.path, pool.value), message, codes: ["CAL023"] };
    }
    if (!size?.value || (bits >= least && bits <= most)) continue;
    const message = `Invalid blocksize ${size.value.text} for version ${version}: it is ${least} to ${most}`;
    const fix: Report["fix"] = { kind: "decision", title: `Write ${usual}`, edits: [size.value.replace(usual)] };
    yield { at: under(size.entry.path, size.value), message, codes: ["CAL023"], fix };
  }
}

function daemonSet(support: string): string {
  return `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: calico-node
spec:
  template:
    spec:
      containers:
        - name: calico-node
          image: quay.io/calico/node:v3.32.0
          env:
            - {name: IP6, value: autodetect}
            - {name: FELIX_IPV6SUPPORT, value: "${support}"}
`;
}
