/** Plans that are followed as they are printed, to both families and to IPv6 first, and back; with connections held open and counted. */
import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { here } from "../cli/cli.ts";
import { echoIn, type Held, hold } from "./held.ts";
import type { Lab } from "./lab.ts";
import { run } from "./run.ts";
import { fetchFrom, labSkip, labTest, until } from "./support.ts";

const skip = await labSkip();
const services = "/api/v1/namespaces/default/services";
const port = 9090;
const each = 4;

labTest(
  "following the plans and undoing them loses no connection that they did not announce",
  { nodes: 2, pods: 2 },
  skip,
  async (lab, t) => {
    for (const pod of ["n1-p1", "n2-p1"]) t.after(echoIn(lab, pod, port));
    const web = await service(lab, "old", {});
    await service(lab, "peers", { clusterIP: "None" });
    await service(lab, "alone", { selector: undefined });
    await service(lab, "elsewhere", { type: "ExternalName", externalName: "example.org", selector: undefined });
    await lab.api("POST", "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies", policy);
    await until("the Service answers", async () => (await fetchFrom(lab, "n1-p2", `http://${web}:81/`)) > 0);
    const four = await Promise.all(["n1-p2", "n2-p2"].map((pod) => hold(lab, pod, [`${web} ${port}`], each)));
    t.after(() => {
      for (const held of four) held.stop();
    });

    // From one family to two.
    const dual = await printed(lab, "dual");
    assert.deepEqual(
      dual.steps.map(({ title }) => title),
      ["NetworkPolicy", "Service", "Service"],
    );
    assert.deepEqual(dual.refused, [
      "Service default/alone",
      "Service default/elsewhere",
      "Service default/kubernetes",
    ]);
    for (const step of dual.steps) await follow(lab, step.run, four, step.interrupts, t);
    const six = (await lab.api("GET", `${services}/old`)).spec.clusterIPs[1];
    const both = [
      ...four,
      ...(await Promise.all(["n1-p2", "n2-p2"].map((pod) => hold(lab, pod, [`${six} ${port}`], each)))),
    ];
    t.after(() => {
      for (const held of both) held.stop();
    });
    assert.deepEqual((await printed(lab, "dual")).steps, [], "there is nothing left to do");

    // From two to IPv6 first.
    const first = await printed(lab, "ipv6-first");
    assert.deepEqual(
      first.steps.map(({ interrupts }) => interrupts),
      [true, false, true],
      "old and the lab's own web are made anew, the headless one is not",
    );
    for (const step of first.steps) await follow(lab, step.run, both, step.interrupts, t);
    const now = (await lab.api("GET", `${services}/old`)).spec;
    assert.deepEqual(
      [now.ipFamilies, now.clusterIPs],
      [
        ["IPv6", "IPv4"],
        [six, web],
      ],
      "both addresses were kept",
    );
    assert.deepEqual((await lab.api("GET", `${services}/peers`)).spec.ipFamilies, ["IPv6", "IPv4"]);
    assert.deepEqual((await printed(lab, "ipv6-first")).steps, []);

    // And back, from the last step to the first.
    for (const step of [...first.steps].reverse()) await follow(lab, step.undo, both, step.interrupts, t);
    const again = (await lab.api("GET", `${services}/old`)).spec;
    assert.deepEqual(
      [again.ipFamilies, again.clusterIPs],
      [
        ["IPv4", "IPv6"],
        [web, six],
      ],
    );
    for (const step of [...dual.steps].reverse()) await follow(lab, step.undo, four, step.interrupts, t);
    assert.deepEqual((await lab.api("GET", `${services}/old`)).spec.clusterIPs, [web]);
    const counts = await Promise.all(four.map((held) => held.count()));
    assert.deepEqual(
      counts.map(({ alive, lost }) => [alive, lost]),
      four.map(() => [each, []]),
      "no connection over IPv4 was lost on the whole way and back",
    );
  },
);

interface Step {
  readonly title: string;
  readonly run: string;
  readonly undo: string;
  readonly interrupts: boolean;
}

/** The plan as `--format commands` prints it. */
async function printed(lab: Lab, to: string): Promise<{ steps: readonly Step[]; refused: readonly string[] }> {
  const named = ["--kubeconfig", lab.kubeconfig, "--namespace", "default", "--quiet"];
  const { out, err } = await here(["migrate", ...named, "--to", to, "--format", "commands"]);
  assert.equal(err, "");
  const steps: Step[] = [];
  let interrupts = false;
  for (const line of out.split("\n")) {
    if (line.startsWith("#   interrupts: ")) interrupts = true;
    const undo = /^# {3}undo: (.*)$/.exec(line)?.[1];
    const last = steps.at(-1);
    if (undo !== undefined && last) steps[steps.length - 1] = { ...last, undo };
    if (!/^(?:printf|kubectl) /.test(line)) continue;
    const kind = /networkpolicy/.test(line) ? "NetworkPolicy" : "Service";
    steps.push({ title: kind, run: line, undo: "", interrupts });
    interrupts = false;
  }
  const refused = [...out.matchAll(/^# not ([^:]+): /gm)].map(([, object = ""]) => object);
  return { steps, refused: refused.sort() };
}

/** Types a line of the plan, and counts before and after. What was not announced to interrupt anything does not. */
async function follow(
  lab: Lab,
  line: string,
  held: readonly Held[],
  announced: boolean,
  t: { diagnostic(text: string): void },
): Promise<void> {
  const counts = () => Promise.all(held.map((one) => one.count()));
  const before = await counts();
  const done = await run(["sh", "-c", line], { env: { ...process.env, ...kubectlIn(lab) } });
  assert.equal(done.code, 0, `${line}: ${done.stderr}`);
  const sum = (all: typeof before, key: "alive" | "tried" | "failed") =>
    all.reduce((total, one) => total + one[key], 0);
  let after = await counts();
  while (sum(after, "tried") < sum(before, "tried") + 20 * held.length) after = await counts();
  const lost = after.flatMap((one) => one.lost);
  const failed = sum(after, "failed") - sum(before, "failed");
  const tried = sum(after, "tried") - sum(before, "tried");
  t.diagnostic(
    `${line.slice(0, 110)} ...: ${sum(after, "alive")} of ${held.length * each} held connections answer, ${lost.length} lost; ${failed} of ${tried} new ones failed${announced ? " (announced)" : ""}`,
  );
  if (announced) return;
  assert.deepEqual([lost, failed], [[], 0], `${line} was not said to interrupt anything`);
}

/** kubectl, or where there is none what it sends. */
function kubectlIn(lab: Lab): NodeJS.ProcessEnv {
  const places = (process.env.PATH ?? "").split(":");
  if (places.some((place) => existsSync(join(place, "kubectl")))) return { KUBECONFIG: lab.kubeconfig };
  const folder = lab.plan.directory;
  const script = join(import.meta.dirname, "kubectl.mjs");
  writeFileSync(join(folder, "kubectl"), `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`, { mode: 0o755 });
  return { KUBECONFIG: lab.kubeconfig, PATH: `${folder}:${process.env.PATH}` };
}

/** Makes a Service of IPv4 alone and returns its address. */
async function service(lab: Lab, name: string, more: object): Promise<string> {
  const families = "type" in more ? {} : { ipFamilyPolicy: "SingleStack", ipFamilies: ["IPv4"] };
  const ports = [
    { name: "echo", port },
    { name: "http", port: 81, targetPort: 8080 },
  ];
  const spec = { selector: { app: "web" }, ports, ...families, ...more };
  const made = await lab.api("POST", services, { apiVersion: "v1", kind: "Service", metadata: { name }, spec });
  return made.spec.clusterIP;
}

/** Two rules that let IPv4 alone in, of which the first must not move the second. */
const policy = {
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "guard" },
  spec: {
    podSelector: { matchLabels: { app: "web" } },
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }, { podSelector: { matchLabels: { app: "client" } } }] }],
  },
};
