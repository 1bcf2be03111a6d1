import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { spellingAlone, type Wanted } from "#core/lint/bulk-fix.ts";
import { mendAll } from "#core/lint/fix-all.ts";
import type { NamedRule } from "#core/lint/rule.ts";
import type { Settings } from "#core/lint/settings.ts";
import { defaults } from "#core/lint/settings.ts";
import { Workspace } from "#core/lint/workspace.ts";
import type { Field } from "#core/manifest/field.ts";
import { rules } from "#core/rules/index.ts";

function mended(text: string, wanted: Wanted = spellingAlone, settings: Partial<Settings> = {}): string {
  const workspace = new Workspace(rules, { ...defaults, ...settings });
  workspace.open("/w/a.yaml", text);
  const after = mendAll(workspace, ["/w/a.yaml"], wanted).get("/w/a.yaml")?.text ?? text;
  assert.equal(workspace.file("/w/a.yaml")?.text, text, "the workspace holds what it held");
  return after;
}

const service = (spec: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n${spec}`;

describe("what is mended in bulk", () => {
  it("is spelling alone: nothing that opens, shuts, adds or takes a family", () => {
    const text = `${service(`  ipFamilyPolicy: SingleStack
  ipFamilies: [IPv4, IPv6]
  ports: [{port: 80}]
`)}---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: out}
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to:
        - ipBlock:
            cidr: 0.0.0.0/0
      ports: [{protocol: TCP, port: 443}]
    - to:
        - ipBlock:
            cidr: 10.1.2.3/8
`;
    assert.equal(mended(text), text.replace("SingleStack", "PreferDualStack"));
    assert.equal(
      mended(text, spellingAlone, { cluster: "v4" }),
      text.replace("SingleStack", "PreferDualStack"),
      "what comes to light of a cluster without IPv6 is nobody's to take away",
    );
  });

  it("goes on where a fix has written, so that whoever asks again gets nothing more", () => {
    const text = service("  ipFamilies: [IPv6]\n  clusterIP: '[FD00:10:96:0::10]'\n");
    assert.equal(mended(text), service("  ipFamilies: [IPv6]\n  clusterIP: 'fd00:10:96::10'\n"));
  });

  it("does not make two families out of a word that was to say one", () => {
    for (const two of ["ipFamilies: [IPv6, IPv4]", "clusterIPs: ['fd00:10:96::10', 10.96.0.10]"]) {
      const text = service(`  ipFamilyPolicy: singlestack\n  ${two}\n`);
      assert.equal(mended(text), text);
    }
    const text = service("  ipFamilyPolicy: singlestack\n  ipFamilies: [IPv6]\n");
    assert.equal(mended(text), text.replace("singlestack", "SingleStack"));
  });

  it("leaves a line alone in which a comment turns its rule off, whatever else the fix writes", () => {
    const pool = (more: string) => `apiVersion: metallb.io/v1beta1
kind: IPAddressPool
spec:
  addresses:
    - FD12:3456:789d::/120
    - FD12:3456:789e::/120${more}
`;
    const wanted = { spelling: true, rules: new Set(["not-canonical"]) };
    assert.equal(mended(pool(""), wanted), pool("").replaceAll("FD12", "fd12"));
    for (const name of ["not-canonical", ""]) {
      const text = pool(` # kube-ipv6-disable-line ${name} -- as the router prints it`);
      assert.equal(mended(text, wanted), text);
    }
  });

  it("leaves a fix that would bring something to mend to light elsewhere", () => {
    const text = service("  ipFamiles: [ipv6]\n  ports: [{port: 80}]\n");
    assert.equal(mended(text), text);
    assert.equal(mended(service("  ipFamiles: [IPv6]\n")), service("  ipFamilies: [IPv6]\n"));
  });

  it("reads an octet with a leading zero only where it can be read one way", () => {
    const zeros = (ip: string) => service(`  clusterIP: ${ip}\n`);
    assert.equal(mended(zeros("10.096.0.10")), zeros("10.96.0.10"));
    assert.equal(mended(zeros("10.96.00.07")), zeros("10.96.0.7"));
    assert.equal(mended(zeros("10.96.0.010")), zeros("10.96.0.010"), "libc reads 8, Go 10");
  });

  it("takes a part of a list in one scalar after the other", () => {
    const text = `apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nclusterCIDR: "FD00:10:0::/64, 10.244.0.0/16"\n`;
    const once = mended(text);
    assert.equal(mended(once), once);
  });

  it("is nothing of a document that was read in part, and everything of the one below", () => {
    const good = service("  ipFamilies: [ipv6]\n");
    const broken = `${good}  externalIPs: [a\n`;
    assert.equal(mended(`${broken}---\n${good}`), `${broken}---\n${good.replace("ipv6", "IPv6")}`);
  });

  it("is nothing where a carriage return alone ends lines", () => {
    const text = service("  ipFamilies: [ipv6]\n  ports: [{port: 80}]\r  externalName: a\n");
    assert.equal(mended(text), text);
    const windows = service("  ipFamilies: [ipv6]\n").replaceAll("\n", "\r\n");
    assert.equal(mended(windows), windows.replace("ipv6", "IPv6"));
  });
});

/** Rules that nobody would write; the engine holds out against them. */
describe("a fix in bulk that does harm", () => {
  const at = (name: string, check: (field: Field) => string | undefined): NamedRule => ({
    id: name,
    rule: {
      ...{ summary: "", why: "", source: "", codes: [], severity: "error", kinds: ["ConfigMap"] },
      example: { bad: "", good: "" },
      *check(resource) {
        for (const [, field] of resource.get("data")?.entries() ?? []) {
          const by = check(field);
          if (by === undefined) continue;
          const edit = { start: field.start, end: field.end, text: by };
          yield { at: field, message: name, fix: { kind: "spelling", title: by, edits: [edit] } };
        }
      },
    },
  });
  const text = "kind: ConfigMap\ndata:\n  a: one\n  b: two\n";
  const by = (...given: readonly NamedRule[]) => {
    const workspace = new Workspace(given);
    workspace.open("/w/a.yaml", text);
    return mendAll(workspace, ["/w/a.yaml"], spellingAlone).get("/w/a.yaml")?.text ?? text;
  };

  it("is taken back where it does not take its finding away, and another is kept", () => {
    const grows = at("grows", ({ text }) => (text?.startsWith("one") ? `${text} one` : undefined));
    const works = at("works", ({ text }) => (text === "two" ? "three" : undefined));
    assert.equal(by(grows, works), text.replace("two", "three"));
  });

  it("is taken back where the YAML would break, or a document come or go", () => {
    assert.equal(by(at("breaks", ({ text }) => (text === "one" ? "[" : undefined))), text);
    assert.equal(by(at("parts", ({ text }) => (text === "one" ? "x\n---\nkind: ConfigMap" : undefined))), text);
  });

  it("is taken back where more is wrong behind it", () => {
    const mends = at("mends", ({ text }) => (text === "one" ? "uno" : undefined));
    const also = at("also", ({ text }) => (text === "uno" ? undefined : undefined));
    const more = ["x", "y"].map((name) => at(name, ({ text }) => (text === "uno" ? "due" : undefined)));
    assert.equal(by(mends, also), text.replace("one", "uno"));
    assert.equal(by(mends, ...more), text);
  });

  it("is none where two make work for each other for ever", () => {
    const flip = at("flip", ({ text }) => (text === "one" ? "uno" : undefined));
    const flop = at("flop", ({ text }) => (text === "uno" ? "one" : undefined));
    assert.equal(by(flip, flop), text);
  });
});

describe("files beside each other", () => {
  it("are mended whatever is named first, and the workspace is as it was", () => {
    const cluster = `apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nnetworking:\n  podSubnet: 10.244.0.0/16,FD00:10:244:0::/56\n  serviceSubnet: 10.96.0.0/12\n`;
    const web = service("  ipFamilyPolicy: SingleStack\n  ipFamilies: [IPv4, IPv6]\n");
    const results = [
      ["/w/cluster.yaml", "/w/web.yaml"],
      ["/w/web.yaml", "/w/cluster.yaml"],
    ].map((names) => {
      const workspace = new Workspace(rules);
      for (const name of names) workspace.open(name, name.includes("web") ? web : cluster);
      const made = mendAll(workspace, names, spellingAlone);
      return { web: made.get("/w/web.yaml")?.text, cluster: made.get("/w/cluster.yaml")?.text };
    });
    assert.deepEqual(results[0], results[1]);
    assert.equal(results[0]?.web, web.replace("SingleStack", "PreferDualStack"));
  });
});
