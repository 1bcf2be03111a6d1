import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { parseAllDocuments } from "yaml";
import { folder, here } from "../cli/cli.ts";

/** The files that are written, by name. */
async function written(t: TestContext, ...args: string[]) {
  const out = mkdtempSync(join(tmpdir(), "kube-ipv6-prevent-"));
  t.after(() => rmSync(out, { recursive: true }));
  const ran = await here(["prevent", "--output", out, ...args]);
  const names = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const files = new Map(names.map((name) => [name.slice(out.length + 1), readFileSync(name, "utf8")]));
  const objects = [...files].flatMap(([name, text]) =>
    name.startsWith("manifests/") ? parseAllDocuments(text).map((document) => document.toJS()) : [],
  );
  return { out, ran, files, objects };
}

describe("what prevent writes", () => {
  for (const [cluster, own, policy] of [
    ["dual-v4", ["IPv4", "IPv6"], "RequireDualStack"],
    ["dual-v6", ["IPv6", "IPv4"], "RequireDualStack"],
    ["v6", ["IPv6"], "SingleStack"],
    ["v4", ["IPv4"], "SingleStack"],
  ] as const)
    test(`is for ${own.join(" and ")} on ${cluster}, and the linter has nothing to say of it`, async (t) => {
      const args = [`--cluster=${cluster}`, "--outside=example.com:443", "--rules-image=registry.example/kube-proxy:1"];
      const { out, ran, objects, files } = await written(t, ...args);
      assert.equal(ran.code, 0, ran.err);
      const lint = await here(["lint", out]);
      assert.deepEqual([lint.code, lint.out], [0, ""], lint.err);
      const services = objects.filter(({ kind }) => kind === "Service");
      assert.deepEqual(
        services.map(({ spec }) => [spec.ipFamilyPolicy, spec.ipFamilies]),
        [
          [policy, own],
          [policy, own],
        ],
      );
      const jobs = objects.filter(({ kind }) => kind === "CronJob").map(({ metadata }) => metadata.name);
      assert.deepEqual(
        jobs,
        own.map((family) => `family-test-${family.toLowerCase()}`),
      );
      const modules = files.get("monitoring/blackbox.yml") ?? "";
      const fallback = modules.match(/ip_protocol_fallback: false/g) ?? [];
      assert.equal(fallback.length, 2 * own.length, "no module falls back");
      for (const [family, word] of [
        ["IPv4", "ip4"],
        ["IPv6", "ip6"],
      ] as const) {
        const has = (own as readonly string[]).includes(family);
        assert.equal(modules.includes(`preferred_ip_protocol: ${word}`), has);
        assert.equal(/expr: probe_success/.test(alertsAbout(files, family)), has);
      }
    });

  test("says in each file what it does, what it sends, how it is used and removed", async (t) => {
    const { files } = await written(t, "--cluster=dual-v4");
    for (const [name, text] of files)
      assert.match(text, /^(# .+\n)+# Sends: [\s\S]*\n# Use: [\s\S]*\n# Remove: [\s\S]*applied nothing\.\n[^#]/, name);
  });

  test("dials outside of the cluster what was named, in the family it has, and else nothing", async (t) => {
    const named = await written(t, "--cluster=dual-v4", "--outside=example.com:443", "--outside=[2001:db8::1]:80");
    const targets = named.objects
      .filter(({ kind }) => kind === "CronJob")
      .map(({ spec }) => outsideOf(spec.jobTemplate.spec.template));
    assert.deepEqual(targets, ["example.com 443", "example.com 443 2001:db8::1 80"]);
    const none = await written(t, "--cluster=dual-v4");
    assert.ok(
      none.objects
        .filter(({ kind }) => kind === "CronJob")
        .every(({ spec }) => outsideOf(spec.jobTemplate.spec.template) === ""),
    );
    const lost = await written(t, "--cluster=v4", "--outside=[2001:db8::1]:80");
    assert.equal(lost.ran.code, 2);
    assert.match(lost.ran.err, /the cluster serves no IPv6/);
  });

  test("runs from the image that is named, restricted and without a token", async (t) => {
    const { objects } = await written(t, "--cluster=dual-v4", "--image=registry.example:5000/agnhost:2");
    const templates = objects.flatMap(({ kind, spec }) =>
      kind === "CronJob" ? [spec.jobTemplate.spec.template] : spec?.template ? [spec.template] : [],
    );
    assert.equal(templates.length, 4);
    for (const { spec } of templates) {
      assert.equal(spec.automountServiceAccountToken, false);
      assert.deepEqual(
        spec.containers.map(({ image }: { image: string }) => image),
        ["registry.example:5000/agnhost:2"],
      );
      assert.deepEqual(spec.containers[0].securityContext.capabilities, { drop: ["ALL"] });
    }
  });

  test("never replaces a file unless it is told to", async (t) => {
    const { out } = await written(t, "--cluster=dual-v4");
    const kept = join(out, "manifests/2-test-pods.yaml");
    writeFileSync(kept, "mine\n");
    const again = await here(["prevent", "--cluster=dual-v4", "--output", out]);
    assert.equal(again.code, 3);
    assert.match(again.err, /nothing was written: .*2-test-pods\.yaml/);
    assert.equal(readFileSync(kept, "utf8"), "mine\n");
    const told = await here(["prevent", "--cluster=dual-v4", "--output", out, "--overwrite"]);
    assert.equal(told.code, 0, told.err);
    assert.match(readFileSync(kept, "utf8"), /^kind: Deployment$/m);
  });

  test("refuses words that are no names before anything is made of them", async () => {
    for (const words of [
      ["--namespace=a\nb"],
      ["--image=x y"],
      ["--outside=$(id):80"],
      ["--outside=example.com"],
      ["--outside=example.com:99999"],
      ["--blackbox=a b:1"],
      ["--only=all"],
      ["--overwrite"],
    ]) {
      const { code, out } = await here(["prevent", "--cluster=dual-v4", ...words]);
      assert.deepEqual([code, out], [2, ""], words.join(" "));
    }
  });

  test("without a cluster takes families and policies of files, and guesses none", async (t) => {
    const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: team}
spec: {podSelector: {}, policyTypes: [Ingress]}
`;
    const files = folder(t, { ".kube-ipv6.yaml": "cluster: dual-v6\n", "deny.yaml": policy });
    const { code, err, out } = await here(["prevent", "--namespace=team", "--only=tests", files]);
    assert.equal(code, 1);
    assert.match(
      err,
      /IPv6 from the tests to the test pods \(TCP 9376\) is denied by NetworkPolicy team\/deny; manifests\/5-allow-tests\.yaml lets it through/,
    );
    assert.match(out, /name: family-test-server/);
    assert.doesNotMatch(out, /kind: Namespace/, "team may be there, and is somebody's");
    const unsaid = await here(["prevent", folder(t, { "deny.yaml": policy })]);
    assert.deepEqual([unsaid.code, unsaid.out], [3, ""]);
    assert.match(unsaid.err, /which families the cluster serves is not known/);
  });

  test("offers no policy where none of the tests would help", async (t) => {
    const policy = `apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: {name: closed}
spec:
  priority: 1
  subject: {namespaces: {}}
  ingress: [{name: none, action: Deny, from: [{namespaces: {}}]}]
`;
    const { code, err, out } = await here([
      "prevent",
      "--cluster=v6",
      "--only=tests",
      folder(t, { "anp.yaml": policy }),
    ]);
    assert.equal(code, 1);
    assert.doesNotMatch(out, /kind: NetworkPolicy/);
    assert.match(err, /is denied by AdminNetworkPolicy closed; no policy that selects the tests changes that/);
  });
});

describe("the scripts", () => {
  test("are read by sh and bash without complaint", async (t) => {
    const { objects } = await written(t, "--cluster=dual-v4", "--rules-image=registry.example/kube-proxy:1");
    const scripts = objects.filter(({ kind }) => kind === "ConfigMap").flatMap(({ data }) => Object.entries(data));
    assert.equal(scripts.length, 4);
    for (const [name, text] of scripts)
      for (const shell of ["sh", "bash"]) {
        const { status, stderr, error } = spawnSync(shell, ["-n"], { input: text as string, encoding: "utf8" });
        if (error && "code" in error && error.code === "ENOENT") continue;
        assert.deepEqual([status, stderr], [0, ""], `${shell} ${name}`);
      }
  });
});

const promtool = spawnSync("promtool", ["--version"]).error ? "promtool is not installed" : false;

describe("for Prometheus", () => {
  test("rules and scrape configuration are what promtool takes", { skip: promtool }, async (t) => {
    const { out } = await written(t, "--cluster=dual-v4", "--outside=example.com:443");
    for (const args of [
      ["check", "rules", join(out, "monitoring/rules.yml")],
      ["check", "config", "--syntax-only", join(out, "monitoring/scrape.yml")],
    ]) {
      const { status, stderr } = spawnSync("promtool", args, { encoding: "utf8" });
      assert.equal(status, 0, stderr);
    }
  });

  test("alerts speak for the family that fails, and while nobody looks", { skip: promtool }, async (t) => {
    const { out } = await written(t, "--cluster=dual-v4", "--only=alerts", "--only=tests", "--only=nodes");
    const six = '{job="family-test-ipv6", instance="i", family="IPv6"}';
    const four = '{job="family-test-ipv4", instance="i", family="IPv4"}';
    const node = '{namespace="family-node-check", daemonset="family-node-check"}';
    const last = (family: string) =>
      `kube_cronjob_status_last_successful_time{namespace="family-test", cronjob="family-test-${family}"}`;
    const sound: Record<string, string> = {
      [`probe_success${six}`]: "1x60",
      [`probe_success${four}`]: "1x60",
      [`probe_ip_protocol${six}`]: "6x60",
      [`probe_ip_protocol${four}`]: "4x60",
      [last("ipv6")]: "0+60x60",
      [last("ipv4")]: "0+60x60",
      [`kube_daemonset_status_number_unavailable${node}`]: "0x60",
    };
    const cases: readonly (readonly [Record<string, string>, readonly string[]])[] = [
      [{}, []],
      [{ [`probe_success${six}`]: "0x60" }, ["IPv6ProbeFails"]],
      [{ [`probe_success${four}`]: "0x60" }, ["IPv4ProbeFails"]],
      [{ [`probe_success${six}`]: "" }, ["IPv6ProbeMissing"]],
      [{ [`probe_ip_protocol${six}`]: "4x60" }, ["IPv6ProbedOverIPv4"]],
      [{ [last("ipv6")]: "0x60" }, ["IPv6TestHasNotSucceeded"]],
      [{ [last("ipv4")]: "" }, ["IPv4TestHasNotSucceeded"]],
      [{ [`kube_daemonset_status_number_unavailable${node}`]: "1x60" }, ["NodeNotReadyForItsFamilies"]],
    ];
    const names = [...readFileSync(join(out, "monitoring/rules.yml"), "utf8").matchAll(/alert: (\S+)/g)];
    const tests = cases.map(([change, expected]) => ({
      interval: "1m",
      input_series: Object.entries({ ...sound, ...change })
        .filter(([, values]) => values !== "")
        .map(([series, values]) => ({ series, values })),
      promql_expr_test: names.map(([, name = ""]) => ({
        expr: `count(ALERTS{alertname="${name}", alertstate="firing"})`,
        eval_time: "55m",
        exp_samples: expected.includes(name) ? [{ labels: "{}", value: 1 }] : [],
      })),
    }));
    const file = join(out, "unit.yml");
    writeFileSync(file, JSON.stringify({ rule_files: ["monitoring/rules.yml"], evaluation_interval: "1m", tests }));
    const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", file], { encoding: "utf8" });
    assert.equal(status, 0, `${stdout}${stderr}`);
  });
});

function alertsAbout(files: ReadonlyMap<string, string>, family: string): string {
  const alerts = (files.get("monitoring/rules.yml") ?? "").split("- alert: ");
  return alerts.filter((text) => text.startsWith(family)).join("");
}

interface Template {
  readonly spec: { readonly containers: readonly { readonly env: readonly { name: string; value?: string }[] }[] };
}

function outsideOf({ spec }: Template): string | undefined {
  return spec.containers[0]?.env.find(({ name }) => name === "OUTSIDE")?.value;
}
