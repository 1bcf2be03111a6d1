import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { openCluster } from "#cluster/open-cluster.ts";
import type { Cluster } from "#core/cluster/cluster.ts";
import { type Diagnosis, diagnose } from "#core/diagnosis/diagnosis.ts";
import type { DiagnosisDocument } from "#core/report/diagnosis-json.ts";
import type { Lab } from "#test/lab/lab.ts";
import { perform } from "#test/lab/perform.ts";
import { labSkip, labTest } from "#test/lab/support.ts";
import { here } from "./cli.ts";
import { attempts, diagnosing, inLab, told } from "./in-lab.ts";
import { type Row, rightsPage, rightsRows } from "./rights-table.ts";

const skip = await labSkip();
const pair = ["--from", "n1-p1", "--to", "svc/web"];

interface Rule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}

/** The rules that `kube-ipv6 rbac` prints. */
async function printed(...args: string[]): Promise<Rule[]> {
  const { code, out } = await here(["rbac", ...args]);
  assert.equal(code, 0);
  return parse(out).rules;
}

/** The account `viewer` with these rules everywhere. */
async function grant(lab: Lab, rules: readonly Rule[], namespaces = ["*"]): Promise<void> {
  await lab.control({ rules: { viewer: rules.map((rule) => ({ ...rule, namespaces })) } });
}

labTest("diagnose: the documented role leaves nothing out", { nodes: 2, pods: 2 }, skip, async (lab) => {
  const viewer = `${lab.name}-viewer`;
  await perform(lab, [{ in: "n1", run: ["sysctl", "-qw", "net.ipv6.conf.all.forwarding=0"] }]);
  const documented = await printed("--access", "exec");
  await grant(lab, documented);
  for (const args of [pair, []]) {
    const { document } = await told(lab, args, viewer);
    assert.deepEqual(
      [document.mayNot, document.causes[0]?.id],
      [null, "forwarding-off"],
      JSON.stringify(document.mayNot),
    );
  }
});

labTest(
  "diagnose: what accounts without a right are told stands in docs/permissions.md, and the role they are told is enough",
  { nodes: 2, pods: 2 },
  skip,
  async (lab) => {
    const rows: Row[] = [];
    for await (const row of rightsRows(lab)) rows.push(row);
    const table = rightsPage(rows);
    console.log(table);
    const page = readFileSync(new URL("../../docs/permissions.md", import.meta.url), "utf8");
    // Whose words are the server's, and how many attempts were made, is not the page's business.
    const column = (line: string) => line.split(/(?<!\\) \| /).filter((_, index) => index !== 2);
    const [, written = ""] = /<!-- refused[^>]*-->\n\n([\s\S]*?)\n\n<!-- \/refused -->/.exec(page) ?? [];
    assert.deepEqual(table.split("\n").map(column), written.split("\n").map(column));
    for (const { account, code, says, role, withRole } of rows) {
      assert.ok(code === 1 || code === 3, `${account}: ${code}`);
      if (code === 3) assert.doesNotMatch(says, /works|proven|fails/, account);
      // In kube-system nobody has a shell.
      if (code === 3 && role.length > 0 && !account.includes("another namespace")) assert.equal(withRole, 1, account);
      if (code === 3 && role.length === 0) assert.match(says, /Log in/, account);
    }
  },
);

labTest(
  "rbac: the role of a level, and that of a namespace, is enough, and each right taken from it is missed",
  { nodes: 2, pods: 2 },
  skip,
  async (lab) => {
    const viewer = `${lab.name}-viewer`;
    await grant(lab, await printed("--access", "api"));
    const api = await told(lab, [...pair, "--access", "api"], viewer);
    assert.equal(api.document.mayNot, null, JSON.stringify(api.document.mayNot));
    assert.equal(api.document.asked.exec, 0);

    const rules = await printed("--access", "exec", "--namespace", "default");
    const inside = (rest: readonly Rule[]) => grant(lab, rest, ["default"]);
    const refusedHere = async () => {
      const { document } = await told(lab, ["-n", "default", ...pair], viewer);
      const lines = document.mayNot?.what ?? [];
      return { dialled: attempts(document), lines: lines.filter((line) => line.endsWith(" in namespace default")) };
    };
    await inside(rules);
    const whole = await refusedHere();
    assert.deepEqual(whole.lines, []);
    assert.ok(whole.dialled.includes("IPv6 ok: Service default/web [fd00:10:96::80]:80"), `${whole.dialled}`);
    // What no dial could be made without, or no Service followed to its pods.
    for (const resource of ["pods", "pods/exec", "endpointslices"]) {
      await inside(
        rules
          .map((rule) => ({ ...rule, resources: rule.resources.filter((one) => one !== resource) }))
          .filter(({ resources }) => resources.length > 0),
      );
      const { lines } = await refusedHere();
      assert.ok(
        lines.some((line) => line.includes(` ${resource}`)),
        `without ${resource}: ${lines}`,
      );
    }
  },
);

labTest(
  "diagnose: who has rights in one namespace gets an answer about it",
  { nodes: 2, pods: 2 },
  skip,
  async (lab) => {
    const context = `${lab.name}-namespaced`;
    const survey = await told(lab, [], context);
    assert.equal(survey.code, 0, survey.err);
    assert.match(survey.document.remarks.join("\n"), /only namespace default was looked at/);
    assert.ok(attempts(survey.document).includes("IPv6 ok: Service default/web [fd00:10:96::80]:80"));
    assert.ok(survey.document.mayNot?.what.includes("list pods"));
    const text = await diagnosing([...inLab(lab, context)]);
    assert.doesNotMatch(text.out, /no running container stands/);
    assert.equal(text.out.match(/is forbidden/g), null, "what was refused is told once, as a right");
    const elsewhere = await told(lab, ["-n", "kube-system"], context);
    assert.equal(elsewhere.code, 3, "another namespace was asked for, and may not be looked at");
  },
);

labTest("diagnose: one verb of two on pods/exec, and nothing at all", { nodes: 2, pods: 1 }, skip, async (lab) => {
  const create = await told(lab, pair, `${lab.name}-execcreate`);
  assert.equal(create.code, 3);
  assert.ok(
    create.document.mayNot?.what.includes("get pods/exec in namespace default"),
    `${create.document.mayNot?.what}`,
  );
  const get = await told(lab, pair, `${lab.name}-execget`);
  assert.ok(get.document.mayNot?.what.includes("create pods/exec in namespace default"));
  for (const { document } of [create, get]) {
    assert.deepEqual([document.causes, document.excluded, document.unknown], [[], [], []]);
    assert.deepEqual(roleOf(document)[0], { apiGroups: [""], resources: ["pods/exec"], verbs: ["get", "create"] });
  }
  const nobody = await told(lab, [], `${lab.name}-nobody`);
  assert.equal(nobody.code, 3);
  assert.deepEqual(nobody.document.mayNot?.what.slice(0, 2), ["list nodes", "list pods"]);
  assert.deepEqual([nobody.document.excluded, nobody.document.asked.exec], [[], 0]);
  assert.ok(
    roleOf(nobody.document).some(({ resources }) => resources.includes("pods/exec")),
    "it would be refused next",
  );
});

labTest(
  "diagnose: a token that nobody knows, that expires while it is looked, and a server whose /version is not for everybody",
  { nodes: 2, pods: 1 },
  skip,
  async (lab) => {
    const wrong = join(lab.plan.directory, "wrong-token");
    writeFileSync(wrong, readFileSync(lab.kubeconfig, "utf8").replace(/token: .*/g, "token: not-a-token"), {
      mode: 0o600,
    });
    const unknown = await diagnosing(["--kubeconfig", wrong, "--context", lab.name, ...pair]);
    assert.equal(unknown.code, 3);
    assert.match(`${unknown.out}${unknown.err}`, /401|Unauthorized/, JSON.stringify(unknown));
    assert.match(`${unknown.out}${unknown.err}`, /expired|credentials|log in/i);
    assert.doesNotMatch(unknown.out, / works |proven {2}|excluded/);

    await lab.control({ forbid: "/version" });
    const { code, document, err } = await told(lab, pair);
    assert.deepEqual([code, document.stopped], [0, null], err);
    assert.ok(attempts(document).includes("IPv6 ok: Service default/web [fd00:10:96::80]:80"));
    await lab.control({ forbid: "" });

    const midway = await diagnoseUntilExec(lab, () => lab.control({ revoke: ["viewer", "reader", "admin"] }));
    assert.equal(midway.stopped?.reason, "unauthorized");
    assert.deepEqual(midway.verdicts, []);
    assert.deepEqual([midway.families.IPv6.works, midway.families.IPv4.works], [[], []]);
    const expired = await told(lab, pair);
    assert.deepEqual([expired.code, expired.document.stopped?.reason], [3, "unauthorized"]);
    assert.deepEqual([expired.document.causes, expired.document.excluded], [[], []]);
  },
);

/** A diagnosis in this process, in the middle of which something happens: before the first program is run. */
async function diagnoseUntilExec(lab: Lab, happens: () => Promise<void>): Promise<Diagnosis> {
  const config = await readKubeconfig({ path: lab.kubeconfig });
  assert.ok(config.ok);
  const cluster = await openCluster(config.value, lab.name);
  assert.ok(cluster.ok);
  let happened: Promise<void> | undefined;
  const run: Cluster["run"] = async (...args) => {
    happened ??= happens();
    await happened;
    return cluster.value.run(...args);
  };
  const subject = { from: { namespace: "default", name: "n1-p1" } } as const;
  return diagnose({ ...cluster.value, run }, subject, { now: Date.now });
}

function roleOf({ mayNot }: DiagnosisDocument): Rule[] {
  return (mayNot?.role.join("\n") ?? "").split("---\n").flatMap((text) => parse(text)?.rules ?? []);
}
