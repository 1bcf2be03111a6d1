import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it, test } from "node:test";
import { writtenAs } from "#core/manifest/classify.ts";
import { wrapperKinds } from "#core/manifest/wrappers.ts";
import { whole } from "#test/support/whole.ts";
import { compare, core, indented, said } from "./wrapped.ts";
import {
  config,
  flux,
  k3s,
  kustomize,
  ofK3s,
  ofKubeadm,
  ofObjects,
  ofTalos,
  ofValues,
  otherwise,
  talosConfig,
  tokens,
} from "./wrapper-heads.ts";

const k3sConfig = `cluster-cidr: 10.42.0.0/16,fd12:3456:789a::/112
service-cidr: 10.43.0.0/16,fd12:3456:789b::/48
node-ip: 10.20.4.5,[fd12:3456:789d::5]
`;

const values = `controller:
  service: # as the object is spelled
    ipFamilyPolicy: SingleStack
    ipFamilies: [IPv6, IPv4]
    loadBalancerSourceRanges: ["fd12:3456:789a::1/48"]
installation:
  calicoNetwork:
    ipPools:
      - cidr: fd12:3456:789a::/64
        encapsulation: IPIPCrossSubnet
ipv6NativeRoutingCIDR: 10.0.0.0/8
`;

describe("what is wrapped up is judged as if it stood alone: findings, places and fixes", () => {
  for (const wrapper of ofValues) it(`values of a chart in ${wrapper.name}`, () => compare(values, wrapper));

  for (const wrapper of ofK3s) it(`a configuration of k3s in ${wrapper.name}`, () => compare(k3sConfig, wrapper));

  for (const wrapper of ofTalos) it(`a machine configuration in ${wrapper.name}`, () => compare(talosConfig, wrapper));

  it("every wrapper there is stands in one of these lists", () => {
    const all = [...ofValues, ...ofKubeadm("clusterConfiguration"), ...ofObjects, ...ofK3s, ...ofTalos];
    const heads = all.map(({ head }) => head).join("\n");
    const isThere = (kind: string) =>
      [kind, ...(writtenAs[kind] ?? [])].some((word) => new RegExp(`kind: ${word}$`, "m").test(heads));
    const missing = wrapperKinds().filter(
      ({ kind: one }) => !otherwise.includes(one) && !isThere(one) && !heads.includes(tokens[one] ?? "no such word"),
    );
    assert.deepEqual(
      missing.map(({ kind: one }) => one),
      [],
    );
  });

  let tried = 0;
  for (const [name, text] of cases()) {
    const own = /^kind: (\w+)$/m.exec(text)?.[1] ?? "";
    const key = own.slice(0, 1).toLowerCase() + own.slice(1);
    const isKubeadm = /^(?:Cluster|Init|Join)Configuration$/.test(own) && /^apiVersion: kubeadm/m.test(text);
    const wrappers = isKubeadm ? ofKubeadm(key) : ofObjects;
    // Each in a third of the wrappers, another one with each case, where not all is tried.
    for (const wrapper of wrappers.filter((_, index) => whole || (index + tried) % 3 === 0)) {
      tried++;
      it(`${name} in ${wrapper.name}`, () => compare(text, wrapper));
    }
  }
  it("there were cases at all", () => assert.ok(tried > 200, `${tried}`));
});

/** The cases of one document, which is an object. */
function cases(): readonly (readonly [name: string, text: string])[] {
  const folder = new URL("../cases/", import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => [name, readFileSync(new URL(name, folder), "utf8")] as const)
    .filter(([, text]) => /^kind: \w/m.test(text) && !/^---/m.test(text) && !text.includes("{{") && !/^\t/m.test(text));
}

test("a text in a text in a text: places and fixes lead back through all of them", () => {
  const inner = `${kustomize}${indented(`${k3s}${indented(values, 4)}`, 6)}`;
  compare(inner, { name: "ConfigMap", head: config, spaces: 4 });
  const { findings, text } = said(`${config}${indented(inner, 4)}`);
  assert.ok(findings.some(({ start, end }) => text.slice(start, end) === "IPIPCrossSubnet"));
});

test("a value that is off, a group that is another's, a text that is no YAML: nothing is opened", () => {
  const off = values.replace("installation:", "installation:\n  enabled: false");
  assert.ok(!core(said(flux + indented(off, 4))).some((line) => line.startsWith("tigera")));
  const another = core(said(flux.replace("helm.toolkit.fluxcd.io", "example.org") + indented(values, 4)));
  assert.ok(!another.some((line) => line.startsWith("field-family")), "an operator's object has no values of Cilium");
  assert.deepEqual(core(said(`${k3s}    a: [1\n    b: ::1\n`)), []);
});
