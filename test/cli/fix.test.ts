/** Fixes with a net, by the lab's packets: shown, tried, agreed to, seen to help, and undone. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { parse } from "yaml";
import type { Lab } from "#test/lab/lab.ts";
import type { Any } from "#test/lab/objects/object.ts";
import { fetchFrom, labSkip, labTest, until } from "#test/lab/support.ts";
import { here } from "./cli.ts";
import { inLab, started } from "./in-lab.ts";

const skip = await labSkip();
const mine = ["--cause", "service-single-stack"];
const services = "/api/v1/namespaces/default/services";
const policies = "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies";
const mergePatch = "application/merge-patch+json";

labTest(
  "a Service of one family: shown, made, verified and undone; refused ones never offered",
  { nodes: 2, pods: 2 },
  skip,
  async (lab, t) => {
    const { fix, records } = fixing(lab, t);
    await lab.api("POST", services, service("old", { app: "web" }));
    const before = await bare(lab, `${services}/old`);
    const args = ["--from", "n1-p2", "--to", "svc/old", ...mine];

    const shown = await fix(args);
    assert.equal(shown.code, 1, shown.err);
    assert.match(shown.out, /\n {2}\+ {5}- fd00:10:96::/, "the second address, as the dry run of the server gives it");
    assert.match(shown.err, /nobody agreed to it/);
    assert.deepEqual([written(lab), records()], [[], []], "nothing was changed, and nothing is on record");

    const made = await fix([...args, "--yes"]);
    assert.equal(made.code, 0, made.out + made.err);
    assert.match(made.out, /Verified: service-single-stack is gone.*\[fd00:10:96::\w+\]:80: connected/);
    assert.deepEqual(written(lab), [`PATCH ${services}/old 200`]);
    const { clusterIPs } = (await lab.api("GET", `${services}/old`)).spec;
    assert.ok((await fetchFrom(lab, "n2-p2", `http://[${clusterIPs[1]}]/`)) > 0);
    const [id = ""] = records();
    assert.match((await fix(["--list"])).out, new RegExp(`^${id} .*Service default/old.*; in force\n$`));

    const undone = await fix(["--undo", id]);
    assert.equal(undone.code, 0, undone.err);
    assert.deepEqual([await bare(lab, `${services}/old`), records()], [before, []], "as it was, and nothing on record");

    await t.test("somebody else's change is not undone with it", async () => {
      assert.equal((await fix([...args, "--yes"])).code, 0);
      const [second = ""] = records();
      await lab.api("PATCH", `${services}/old`, { metadata: { labels: { team: "shop" } } }, mergePatch);
      await lab.api("PATCH", `${services}/old`, { spec: { ipFamilyPolicy: "RequireDualStack" } }, mergePatch);
      const refused = await fix(["--undo", second]);
      assert.equal(refused.code, 1);
      assert.match(refused.err, /somebody has changed spec\.ipFamilyPolicy of Service default\/old since/);
      await lab.api("PATCH", `${services}/old`, { spec: { ipFamilyPolicy: "PreferDualStack" } }, mergePatch);
      assert.equal((await fix(["--undo", second])).code, 0);
      const now = await bare(lab, `${services}/old`);
      assert.deepEqual([now.spec, now.metadata.labels], [before.spec, { team: "shop" }], "the label stays");
    });

    await t.test("for programs, as one object", async () => {
      const json = async (...more: readonly string[]) => {
        const { code, out, err } = await fix([...args, "-o", "json", ...more]);
        return { code, err, told: JSON.parse(out) };
      };
      const asked = await json();
      assert.deepEqual([asked.code, asked.told.exit], [1, 1]);
      assert.match(asked.told.not, /nobody agreed to it/);
      const [cause] = asked.told.causes;
      assert.equal(cause.cause, "service-single-stack");
      assert.deepEqual(cause.offered.object, { apiVersion: "v1", kind: "Service", namespace: "default", name: "old" });
      assert.ok(cause.offered.diff.some((line: string) => /^\+ +- fd00:10:96::/.test(line)));
      assert.deepEqual(records(), []);
      const done = await json("--yes");
      assert.deepEqual([done.code, done.told.exit, done.told.change.verified], [0, 0, true], done.err);
      assert.equal(done.told.change.undo, `kube-ipv6 fix --undo ${records()[0]}`);
      assert.equal((await fix(["--undo", done.told.change.id])).code, 0);
      assert.equal((await fix(["--list", "-o", "json"])).code, 2);
    });

    await t.test("not where clients would be refused", async () => {
      await lab.serve("n1-p1", "0.0.0.0:8080");
      const deaf = await fix([...args, "--yes"]);
      assert.doesNotMatch(deaf.out, /kube-ipv6 would change/, "a pod behind it does not listen on [::]");
      await lab.serve("n1-p1", "[::]:8080");
      for (const [name, selector, why] of [
        ["alone", undefined, /it has no selector/],
        ["empty", { app: "nobody" }, /no pod behind it is ready|pod/],
      ] as const) {
        await lab.api("POST", services, service(name, selector));
        const told = await fix(["--from", "n1-p2", "--to", `svc/${name}`, ...mine, "--yes"]);
        assert.doesNotMatch(told.out, /kube-ipv6 would change/);
        assert.match(told.out, why);
      }
      const api = await fix(["--from", "n1-p2", "--to", "svc/kubernetes", ...mine, "--yes"]);
      assert.doesNotMatch(api.out, /kube-ipv6 would change|PreferDualStack/);
      await lab.api("POST", policies, onlyIPv4("guard", { podSelector: {} }));
      const closed = await fix([...args, "--yes"]);
      assert.doesNotMatch(closed.out, /kube-ipv6 would change Service/);
      assert.match(closed.out, /Not offered.*NetworkPolicy default\/guard lets clients in over IPv4 alone/);
      await lab.api("DELETE", `${policies}/guard`);
    });

    await t.test("what the server refuses is said in its words", async () => {
      await lab.control({ deny: `${services}/old` });
      const denied = await fix([...args, "--yes"]);
      assert.equal(denied.code, 1);
      assert.match(
        denied.out,
        /Not offered.*admission webhook "guard\.example\.org" denied the request: leave the families alone\./,
      );
      await lab.control({ deny: "" });
    });
    await t.test("the printed role is enough, and without the right to patch it is not tried", async () => {
      const { rules } = parse((await here(["rbac", "--access", "exec", "--fix"])).out);
      const grant = (some: readonly Any[]) =>
        lab.control({ rules: { viewer: some.map((rule) => ({ ...rule, namespaces: ["*"] })) } });
      await grant(rules);
      const made = await fix([...args, "--yes"], `${lab.name}-viewer`);
      assert.equal(made.code, 0, made.out + made.err);
      assert.equal((await fix(["--undo", records()[0] ?? ""], `${lab.name}-viewer`)).code, 0);
      await grant(
        rules.map((rule: Any) => ({ ...rule, verbs: rule.verbs.filter((verb: string) => verb !== "patch") })),
      );
      const refused = await fix([...args, "--yes"], `${lab.name}-viewer`);
      assert.match(
        refused.out,
        /You may not patch services in namespace "default"\. `kube-ipv6 rbac --access exec --fix`/,
      );
    });
    assert.deepEqual(
      written(lab).filter((line) => !line.startsWith(`PATCH ${services}/old`)),
      [],
    );
  },
);

labTest(
  "a policy of one family, and a Corefile that hides AAAA records",
  { nodes: 2, pods: 2 },
  skip,
  async (lab, t) => {
    const { fix, records, env } = fixing(lab, t);
    await t.test("NetworkPolicy", async () => {
      await lab.api("POST", policies, onlyIPv4("guard"));
      const before = await bare(lab, `${policies}/guard`);
      const args = ["--from", "n1-p2", "--to", "pod/n2-p1", "--cause", "network-policy-ipv4-only"];
      const made = await fix([...args, "--yes"]);
      assert.equal(made.code, 0, made.out + made.err);
      assert.match(made.out, /\n {2}\+ +(?:- ipBlock:\n {2}\+ +)?cidr: ::\/0\n/);
      assert.match(made.out, /Verified: network-policy-ipv4-only is gone/);
      assert.equal((await fix(["--undo", records()[0] ?? ""])).code, 0);
      assert.deepEqual(await bare(lab, `${policies}/guard`), before);
      assert.equal((await fix(args)).code, 1, "it fails again");
      await lab.api("DELETE", `${policies}/guard`);
    });
    await t.test("a family that default/kubernetes was given by hand, from a diagnosis that was saved", async () => {
      const path = `${services}/kubernetes`;
      await lab.api("PATCH", path, { spec: { ipFamilyPolicy: "PreferDualStack" } }, mergePatch);
      const before = await bare(lab, path);
      const asked = ["--from", "n1-p2", "--to", "svc/kubernetes:443"];
      const file = join(folderIn(env), "..", "saved.json");
      mkdirSync(dirname(file), { recursive: true });
      await started(["diagnose", ...inLab(lab), ...asked, "--save", file], env).ran;
      const made = await fix(["--open", file, "--cause", "api-service-dual-by-hand", "--yes"]);
      assert.equal(made.code, 0, made.out + made.err);
      assert.match(made.out, /Verified: api-service-dual-by-hand is gone, and nobody is sent there over IPv6/);
      assert.equal((await lab.api("GET", path)).spec.clusterIPs.length, 1);
      assert.equal((await fix(["--undo", records()[0] ?? ""])).code, 0);
      assert.deepEqual(await bare(lab, path), before, "the second address is the one that it had");
    });
    await t.test("ConfigMap", async () => {
      const path = "/api/v1/namespaces/kube-system/configmaps/coredns";
      const { data } = await lab.api("GET", path);
      const hiding = data.Corefile.replace(
        /\n( +)(kubernetes)/,
        "\n$1template IN AAAA . {\n$1    rcode NOERROR\n$1}\n$1$2",
      );
      await lab.api("PATCH", path, { data: { Corefile: hiding } }, mergePatch);
      const before = await bare(lab, path);
      const args = ["--from", "n1-p2", "--to", "web", "--cause", "no-aaaa"];
      const made = await fix([...args, "--yes"]);
      assert.match(made.out, /Verified: no-aaaa is gone/, made.out + made.err);
      assert.equal((await lab.api("GET", path)).data.Corefile, data.Corefile, "only those lines are gone");
      assert.equal((await fix(["--undo", records()[0] ?? ""])).code, 0);
      assert.deepEqual(await bare(lab, path), before);
    });
  },
);

labTest(
  "killed at any step, it harms nothing: the next start says what stands half-done, and undoes it",
  { nodes: 2, pods: 2 },
  skip,
  async (lab, t) => {
    const { fix, records, env } = fixing(lab, t);
    await lab.api("POST", services, service("old", { app: "web" }));
    const before = await bare(lab, `${services}/old`);
    const args = ["--from", "n1-p2", "--to", "svc/old", ...mine, "--yes"];
    const kill = async (ready: () => boolean) => {
      const { child, ran } = started(["fix", ...inLab(lab), ...args], env);
      await until(
        "the step is reached",
        async () => {
          await new Promise((next) => setTimeout(next, 1));
          return ready() || child.exitCode !== null;
        },
        60,
      );
      child.kill("SIGKILL");
      const { out, err } = await ran;
      assert.ok(records().length > 0, `it was ended before the step: ${out}${err}`);
    };
    const patched = () => written(lab).filter((line) => line === `PATCH ${services}/old 200`).length;
    const reset = async () => {
      for (const id of records()) {
        const undone = await fix(["--undo", id]);
        assert.equal(undone.code, 0, undone.out + undone.err);
      }
      assert.deepEqual([await bare(lab, `${services}/old`), records()], [before, []]);
    };

    // Sent, and no answer came: it may still be on its way.
    await lab.control({ cut: true, only: `${services}/old?fieldManager` });
    const cut = await fix(args);
    assert.equal(cut.code, 1, cut.out + cut.err);
    assert.match(cut.err + cut.out, /It stays on record: change-/);
    await lab.control({ cut: false, only: "" });
    assert.match((await fix(["--list"])).out, /; not in force: the object is as it was before\n/);
    const [lost = ""] = records();
    assert.match((await fix(["--undo", lost])).err, /may still be on its way: ask again in a minute/);
    assert.equal((await fix(["--forget", lost])).code, 0);
    await reset();

    // Killed while the server, which is slow, has it: what comes of it is seen later.
    await lab.control({ delay: 2000, only: `${services}/old?fieldManager` });
    const earlier = patched();
    let since = 0;
    await kill(() => {
      if (since === 0 && records().length > 0) since = Date.now();
      return since > 0 && Date.now() > since + 1000;
    });
    const next = await fix(["--from", "n1-p2", "--to", "svc/web"]);
    assert.match(next.err, /an earlier run was ended while it changed Service default\/old: .*--undo change-/);
    await lab.control({ delay: 0, only: "" });
    await until("the server has made it", async () => patched() > earlier);
    await reset();

    // Killed once it is on record: it was sent, or was not, or its body was cut off.
    await kill(() => records().length > 0);
    assert.equal(records().length, 1);
    if (!/; in force\n/.test((await fix(["--list"])).out)) await fix(["--forget", records()[0] ?? ""]);
    await reset();

    // Made, and nobody has seen it.
    const patches = patched();
    await kill(() => patched() > patches);
    assert.equal(records().length, 1);
    assert.match((await fix(["--list"])).out, /; in force\n/);
    await reset();

    // While it is undone.
    assert.equal((await fix(args)).code, 0);
    const [id = ""] = records();
    await lab.control({ delay: 1500, only: `${services}/old?fieldManager` });
    const { child } = started(["fix", ...inLab(lab), "--undo", id], env);
    await until(
      "it is being undone",
      async () => {
        await new Promise((next) => setTimeout(next, 1));
        return JSON.stringify(readRecord(env, id)).includes('"undoing"') || child.exitCode !== null;
      },
      60,
    );
    child.kill("SIGKILL");
    await lab.control({ delay: 0, only: "" });
    await reset();
  },
);

function readRecord(env: NodeJS.ProcessEnv, id: string): unknown {
  return readdirSync(folderIn(env)).includes(`${id}.json`)
    ? readFileSync(join(folderIn(env), `${id}.json`), "utf8")
    : {};
}

function folderIn({ XDG_STATE_HOME = "" }: NodeJS.ProcessEnv): string {
  return join(XDG_STATE_HOME, "kube-ipv6", "changes");
}

/** `kube-ipv6 fix` with a record of its own. */
function fixing(lab: Lab, t: TestContext) {
  const state = mkdtempSync(join(tmpdir(), "kube-ipv6-fix-"));
  t.after(() => rmSync(state, { recursive: true, force: true }));
  const env = { ...process.env, XDG_STATE_HOME: state };
  const fix = (args: readonly string[], context?: string) =>
    started(["fix", ...inLab(lab, context), "--quiet", ...args], env).ran;
  const records = () => {
    try {
      return readdirSync(folderIn(env)).flatMap((name) => /^(.+)\.json$/.exec(name)?.[1] ?? []);
    } catch {
      return [];
    }
  };
  return { fix, records, env };
}

/** What was written for good through the program. */
function written(lab: Lab): string[] {
  return lab
    .writes("kube-ipv6")
    .filter((line) => !/selfsubjectaccessreviews|dryRun=All/.test(line))
    .map((line) => line.replace(/\?\S*/, ""));
}

async function bare(lab: Lab, path: string): Promise<Any> {
  const { status: _, metadata, ...rest } = await lab.api("GET", path);
  const { resourceVersion: _v, managedFields: _m, generation: _g, ...kept } = metadata;
  return { ...rest, metadata: kept };
}

function service(name: string, selector: object | undefined): object {
  const ports = [{ port: 80, targetPort: 8080 }];
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: { ...(selector ? { selector } : {}), ports, ipFamilyPolicy: "SingleStack", ipFamilies: ["IPv4"] },
  };
}

function onlyIPv4(name: string, ...besides: object[]): object {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name },
    spec: {
      podSelector: { matchLabels: { app: "web" } },
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }, ...besides] }],
    },
  };
}
