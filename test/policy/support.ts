import assert from "node:assert/strict";
import { test } from "node:test";
import { load, loadAll } from "js-yaml";
import type { Family } from "#core/addresses/address.ts";
import type { KubeObject } from "#core/cluster/cluster.ts";
import { decide, type PodEndpoint, type PolicyEndpoint, type PolicyFlow } from "#core/policy/policy.ts";

/** The objects of a YAML stream. */
export function objects(text: string): KubeObject[] {
  return loadAll(text) as KubeObject[];
}

/** `pod("a", "web", "{app: web}")`: a running dual-stack pod, more fields as the last argument. */
export function pod(namespace: string, name: string, labels = "{}", more: Partial<PodEndpoint> = {}): PodEndpoint {
  return {
    kind: "pod",
    namespace,
    name,
    labels: load(labels) as Record<string, string>,
    ips: ["10.244.1.5", "fd00:244:1::5"],
    containerPorts: [],
    ...more,
  };
}

export function address(text: string, node?: string): PolicyEndpoint {
  return { kind: "address", address: text, ...(node === undefined ? {} : { node }) };
}

export const outside: Record<Family, PolicyEndpoint> = { IPv4: address("203.0.113.7"), IPv6: address("2606:4700::7") };

export type Expected = "allowed" | "denied" | RegExp;

export interface Case {
  readonly from: PolicyEndpoint | typeof outside;
  readonly to: PolicyEndpoint | typeof outside;
  /** "TCP 443", "ICMP"; a ping is ICMPv6 in IPv6. */
  readonly traffic?: string;
  /** A regular expression is the reason of an unknown ruling. */
  readonly IPv4: Expected;
  readonly IPv6: Expected;
  /** The path that decided (in the last direction that has one), per family. */
  readonly by?: Partial<Record<Family, string>>;
}

/** One test for each named case: both families, over the same policies. */
export function decides(policies: string, cases: Readonly<Record<string, Case>>): void {
  for (const [name, expected] of Object.entries(cases))
    test(name, () => {
      for (const family of ["IPv4", "IPv6"] as const) check(objects(policies), expected, family);
    });
}

function check(policies: KubeObject[], expected: Case, family: Family): void {
  const decision = decide(policies, flowOf(expected, family));
  const why = `${decision.egress.why}\n${decision.ingress.why}`;
  const wanted = expected[family];
  assert.equal(decision.ruling, wanted instanceof RegExp ? "unknown" : wanted, why);
  if (wanted instanceof RegExp)
    assert.match(`${decision.egress.unknownBecause ?? ""} ${decision.ingress.unknownBecause ?? ""}`, wanted);
  assert.ok(why.includes(family), why);
  const path = expected.by?.[family];
  if (path !== undefined)
    assert.ok(
      [decision.egress, decision.ingress].some((one) => one.decidedBy?.path === path),
      why,
    );
}

function flowOf({ from, to, traffic = "TCP 443" }: Case, family: Family): PolicyFlow {
  const [protocol, port] = (traffic === "ping" ? (family === "IPv4" ? "ICMP" : "ICMPv6") : traffic).split(" ");
  const end = (endpoint: Case["from"]) => ("kind" in endpoint ? endpoint : endpoint[family]);
  return {
    from: end(from),
    to: end(to),
    family,
    protocol: protocol as PolicyFlow["protocol"],
    ...(port === undefined ? {} : { port: Number(port) }),
  };
}
