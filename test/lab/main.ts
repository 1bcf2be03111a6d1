import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Misbehaviour } from "./api/control.ts";
import { openLab, runningProcesses, startLab, stopLab } from "./lab.ts";
import { parseLimits } from "./limits.ts";
import type { Families, LabOptions, Mode } from "./options.ts";

const usage = `usage: npm run lab -- COMMAND [--name lab]
  up [--nodes 3] [--pods 2] [--mode vxlan6|vxlan4|routed|bridge] [--families dual|ipv6|ipv4] [--ra] [--image n1-p2=bash]...
     [--limit n1-p1=memory:64Mi,cpu:50m,pids:512]...  [--holds n1-p1=48Mi]...   limits of a container; memory its application holds
     [--reaps]                          PID 1 of the pods waits for orphans (otherwise nobody does)
     [--controllers]                    cert-manager, without a shell, is the first pod by name
     [--not-ready n2]...                a node whose kubelet does not answer
     [--dns NAMESPACE/NAME] [--domain corp.local]      the cluster's DNS under other names
     [--proxy nftables]                 kube-proxy writes nftables
     [--no-agents]                      no hostNetwork pods (k3s): no window on a node
     [--noise]                          strangers' packets, Docker's chains, masquerade in nftables
     [--hold-stdin]                     an exec's standard input stays open when its client is gone
  down      removes every trace of the lab
  status    says what is running
  serve --pod n1-p1 --listen 0.0.0.0:8080     restarts a pod's web server on other addresses
  control [--delay MS] [--cut] [--only /api/v1/pods] [--cut-streams] [--deny PATH] [--expire] [--reset]`;

const options = {
  name: { type: "string", default: "lab" },
  nodes: { type: "string" },
  pods: { type: "string" },
  mode: { type: "string" },
  families: { type: "string" },
  ra: { type: "boolean", default: false },
  image: { type: "string", multiple: true, default: [] },
  limit: { type: "string", multiple: true, default: [] },
  holds: { type: "string", multiple: true, default: [] },
  reaps: { type: "boolean", default: false },
  controllers: { type: "boolean", default: false },
  "not-ready": { type: "string", multiple: true, default: [] },
  dns: { type: "string" },
  domain: { type: "string" },
  proxy: { type: "string" },
  "no-agents": { type: "boolean", default: false },
  noise: { type: "boolean", default: false },
  "hold-stdin": { type: "boolean", default: false },
  pod: { type: "string", default: "" },
  listen: { type: "string", default: "" },
  delay: { type: "string" },
  only: { type: "string" },
  cut: { type: "boolean" },
  "cut-streams": { type: "boolean" },
  deny: { type: "string" },
  expire: { type: "boolean" },
  reset: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} satisfies ParseArgsConfig["options"];

const { values, positionals } = given();

const commands: Record<string, () => Promise<void>> = { up, down: () => stopLab(values.name), status, serve, control };
const command = commands[positionals[0] ?? ""];
if (values.help) console.log(usage);
else if (!command) {
  console.error(usage);
  process.exitCode = 2;
} else {
  try {
    await command();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

function given() {
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
    process.exit(2);
  }
}

async function up(): Promise<void> {
  const asked: Partial<LabOptions> = {
    name: values.name,
    ra: values.ra,
    images: byPod(values.image),
    limits: Object.fromEntries(Object.entries(byPod(values.limit)).map(([pod, text]) => [pod, parseLimits(text)])),
    holds: byPod(values.holds),
    reaps: values.reaps,
    controllers: values.controllers,
    notReady: values["not-ready"],
    agents: !values["no-agents"],
    holdStdin: values["hold-stdin"],
    noise: values.noise,
  };
  if (values.nodes) asked.nodes = Number(values.nodes);
  if (values.pods) asked.pods = Number(values.pods);
  if (values.mode) asked.mode = values.mode as Mode;
  if (values.dns) asked.dns = values.dns;
  if (values.domain) asked.domain = values.domain;
  if (values.proxy) asked.proxy = values.proxy as LabOptions["proxy"];
  if (values.families) asked.families = values.families as Families;
  const started = performance.now();
  const lab = await startLab(asked);
  const { nodes, pods, mode, families } = lab.plan.options;
  console.error(
    `lab ${lab.name}: ${nodes} nodes with ${pods} pods each, ${mode}, ${families}, up in ${Math.round(performance.now() - started)} ms`,
  );
  console.log(lab.kubeconfig);
}

function byPod(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(texts.map((each) => each.split("=", 2)));
}

function mustOpen() {
  const lab = openLab(values.name);
  if (!lab) throw new Error(`no lab named ${values.name} is up`);
  return lab;
}

async function status(): Promise<void> {
  const lab = mustOpen();
  console.log([JSON.stringify(lab.plan.options), lab.kubeconfig, ...runningProcesses(lab.plan)].join("\n"));
}

async function serve(): Promise<void> {
  await mustOpen().serve(values.pod, values.listen);
}

async function control(): Promise<void> {
  const wanted: Misbehaviour = values.reset ? { delay: 0, cut: false, only: "" } : {};
  if (values.delay !== undefined) wanted.delay = Number(values.delay);
  if (values.only !== undefined) wanted.only = values.only;
  if (values.cut) wanted.cut = true;
  if (values["cut-streams"]) wanted.cutStreams = true;
  if (values.deny !== undefined) wanted.deny = values.deny;
  if (values.expire) wanted.expire = true;
  await mustOpen().control(wanted);
}
