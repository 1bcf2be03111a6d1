/**
 * "Can IPv4 be turned off?", answered and then tried: twelve workloads with a dependency on IPv4 and twelve that only look like it. IPv4 is
 * taken from every pod, and each workload does its work again: those called ready have to live, the others to die.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { openCluster } from "#cluster/open-cluster.ts";
import type { Cluster, KubeObject } from "#core/cluster/cluster.ts";
import { readinessOf } from "#core/readiness/live.ts";
import type { Lab } from "./lab.ts";
import { inNetns } from "./run.ts";
import { fetchFrom, labSkip, labTest, until } from "./support.ts";

const skip = await labSkip();
const four = "198.51.100.1";
const six = "2001:db8:ffff::1";

/** One workload: what its pod spec says, what is made in the cluster, and the work that it does. */
interface Case {
  readonly about: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly spec?: Readonly<Record<string, unknown>>;
  make?(lab: Lab, pod: string): Promise<unknown>;
  /** What it fetches; `self` is its own IPv6 address, fetched by another pod. */
  readonly work: string | { readonly of: "self" | "service" };
}

const outside = "http://example.test/";
const planted: readonly Case[] = [
  { about: "an address in the environment", env: { DB_URL: `http://${four}/` }, work: `http://${four}/` },
  { about: "an address as a flag", args: ["--upstream=198.51.100.1:80"], work: `http://${four}/` },
  {
    about: "an address in a file of a ConfigMap",
    spec: mounted("app"),
    make: (lab) => configMap(lab, "app", { "app.properties": `# settings\nretries=3\nbackend.host=${four}\n` }),
    work: `http://${four}/`,
  },
  { about: "a name with A alone", env: { BACKEND_HOST: "four.example.test" }, work: "http://four.example.test/" },
  {
    about: "a URL in a ConfigMap, of a name with A alone",
    spec: mounted("urls"),
    make: (lab) => configMap(lab, "urls", { url: "http://four.example.test/api" }),
    work: "http://four.example.test/",
  },
  {
    about: "a Service of IPv4 alone that it asks",
    env: { TARGET_URL: "http://old/" },
    make: (lab) => service(lab, "old", "web", ["IPv4"]),
    work: "http://old.default.svc.cluster.local/",
  },
  {
    about: "a connection that nothing written tells of",
    make: (lab, pod) => hold(lab, pod, four),
    work: `http://${four}/`,
  },
  {
    about: "a server on 0.0.0.0",
    make: (lab, pod) => Promise.all([lab.serve(pod, "0.0.0.0:8080"), service(lab, `s-${pod}`, pod, ["IPv4", "IPv6"])]),
    work: { of: "self" },
  },
  {
    about: "a Service of IPv4 alone in front of it",
    make: (lab, pod) => service(lab, `s-${pod}`, pod, ["IPv4"]),
    work: { of: "service" },
  },
  { about: "a policy that lets out IPv4 alone", make: (lab, pod) => policy(lab, pod, ["0.0.0.0/0"]), work: outside },
  { about: "an alias", spec: { hostAliases: [{ ip: four, hostnames: ["legacy"] }] }, work: `http://${four}/` },
  {
    about: "a Service that stands for a name with A alone",
    env: { UPSTREAM_HOST: "legacy" },
    make: (lab) => externalName(lab, "legacy", "four.example.test"),
    work: "http://four.example.test/",
  },
];
const clean: readonly Case[] = [
  { about: "a name with both", env: { BACKEND_URL: outside }, work: outside },
  { about: "a name with AAAA alone", env: { BACKEND_HOST: "six.example.test" }, work: "http://six.example.test/" },
  { about: "a version of four numbers", env: { APP_VERSION: "1.2.3.4" }, work: outside },
  { about: "its own loopback", env: { SIDECAR_ADDR: "127.0.0.1:9000" }, work: outside },
  { about: "what goes past a proxy", env: { NO_PROXY: "10.0.0.0/8,198.51.100.1" }, work: outside },
  {
    about: "a Service of both families",
    env: { TARGET_URL: "http://both/" },
    make: (lab) => service(lab, "both", "web", ["IPv4", "IPv6"]),
    work: "http://both.default.svc.cluster.local/",
  },
  { about: "a connection over IPv6", make: (lab, pod) => hold(lab, pod, six), work: outside },
  {
    about: "a client that still comes over IPv4",
    make: (lab, pod) => hold(lab, "n1-p1", addressOf(lab, pod, "IPv4"), 8080),
    work: { of: "self" },
  },
  {
    about: "a server of both families",
    make: (lab, pod) => service(lab, `s-${pod}`, pod, ["IPv6", "IPv4"]),
    work: { of: "self" },
  },
  { about: "a policy of both families", make: (lab, pod) => policy(lab, pod, ["0.0.0.0/0", "::/0"]), work: outside },
  { about: "a program for which 0.0.0.0 is both", env: { LISTEN: "0.0.0.0:8080" }, work: { of: "self" } },
  { about: "an address of IPv6", env: { DB_URL: `http://[${six}]/` }, work: `http://[${six}]/` },
];

const held: ChildProcess[] = [];

// The first node's pods are clients and servers of the others: 24 workloads stand on the twelve nodes behind it.
labTest(
  "what is called ready lives without IPv4, and what is not dies",
  { nodes: 13, pods: 2, noise: false, images: { "n13-p2": "busybox" } },
  skip,
  async (lab, t) => {
    t.after(() => {
      for (const child of held) child.kill();
    });
    const pods = lab.plan.pods.map(({ name }) => name).filter((name) => !name.startsWith("n1-"));
    const cases = [...planted, ...clean].map((one, index) => ({
      ...one,
      pod: pods[index] as string,
      needs: index < planted.length,
    }));
    await label(lab, "n1-p1", "web");
    for (const { pod } of cases) await label(lab, pod, pod);
    for (const { make, pod } of cases) await make?.(lab, pod);
    for (const { work, pod, about } of cases)
      await until(`${about} works`, async () => (about === "a server on 0.0.0.0" ? true : works(lab, pod, work)), 15);

    const cluster = await open(lab);
    const { workloads } = await readinessOf(told(cluster, cases), { exec: true });
    cluster.close();
    for (const { netns } of [...lab.plan.pods, lab.plan.dns])
      await lab.exec(netns.slice(lab.name.length + 1), ["ip", "-4", "address", "flush", "dev", "eth0"]);
    const rows = await Promise.all(
      cases.map(async ({ pod, about, needs, work }) => {
        const found = workloads.find(({ workload }) => workload === `Pod default/${pod}`);
        const lives = await works(lab, pod, work);
        return {
          about,
          needs,
          lives,
          class: found?.class,
          blocks: found?.blocks,
          steps: found?.steps,
          notes: found?.notes,
        };
      }),
    );
    const flagged = rows.filter(({ class: is }) => is === "IPv4-only" || is === "dual");
    const right = flagged.filter(({ lives }) => !lives);
    const died = rows.filter(({ lives }) => !lives);
    const [precision, recall] = [right.length / flagged.length, right.length / died.length];
    t.diagnostic(
      `${died.length} of ${rows.length} workloads died; precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}`,
    );
    for (const row of rows) {
      assert.equal(row.lives, !row.needs, `${row.about} ${row.lives ? "lives" : "died"}: ${JSON.stringify(row)}`);
      assert.equal(row.class === "IPv6-only-ready", row.lives, `${row.about}: ${JSON.stringify(row)}`);
    }
  },
);

async function works(lab: Lab, pod: string, work: Case["work"]): Promise<boolean> {
  if (typeof work === "string") return (await fetchFrom(lab, pod, work, 5)) > 0;
  const url =
    work.of === "self" ? `http://[${addressOf(lab, pod, "IPv6")}]:8080/` : `http://s-${pod}.default.svc.cluster.local/`;
  return (await fetchFrom(lab, "n1-p2", url, 5)) > 0;
}

function addressOf(lab: Lab, pod: string, family: "IPv4" | "IPv6"): string {
  return lab.plan.pods.find(({ name }) => name === pod)?.addresses[family] as string;
}

/** A connection that stays, of a program that says nothing on it. */
async function hold(lab: Lab, pod: string, address: string, port = 80): Promise<void> {
  const script = `const s=require("net").connect(${port},"${address}");s.on("error",()=>{});setInterval(()=>{},1e6)`;
  const [program = "", ...args] = inNetns(`${lab.name}-${pod}`, [process.execPath, "-e", script]);
  held.push(spawn(program, args, { stdio: "ignore" }));
  const seen = async () => (await lab.exec(pod, ["ss", "-Htn", "state", "established"])).stdout.includes(address);
  await until(`${pod} is connected to ${address}`, seen);
}

function label(lab: Lab, pod: string, app: string): Promise<unknown> {
  const body = { metadata: { labels: { app }, ownerReferences: null } };
  return lab.api("PATCH", `/api/v1/namespaces/default/pods/${pod}`, body, "application/merge-patch+json");
}

function service(lab: Lab, name: string, app: string, ipFamilies: readonly string[]): Promise<unknown> {
  const ipFamilyPolicy = ipFamilies.length === 2 ? "RequireDualStack" : "SingleStack";
  const spec = { selector: { app }, ports: [{ port: 80, targetPort: 8080 }], ipFamilyPolicy, ipFamilies };
  return lab.api("POST", "/api/v1/namespaces/default/services", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec,
  });
}

function externalName(lab: Lab, name: string, to: string): Promise<unknown> {
  const spec = { type: "ExternalName", externalName: to };
  return lab.api("POST", "/api/v1/namespaces/default/services", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec,
  });
}

function configMap(lab: Lab, name: string, data: Readonly<Record<string, string>>): Promise<unknown> {
  return lab.api("POST", "/api/v1/namespaces/default/configmaps", {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name },
    data,
  });
}

function policy(lab: Lab, app: string, cidrs: readonly string[]): Promise<unknown> {
  const dns = { ports: [{ protocol: "UDP", port: 53 }] };
  const spec = {
    podSelector: { matchLabels: { app } },
    policyTypes: ["Egress"],
    egress: [dns, { to: cidrs.map((cidr) => ({ ipBlock: { cidr } })) }],
  };
  const body = { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name: `p-${app}` }, spec };
  return lab.api("POST", "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies", body);
}

function mounted(name: string) {
  return { volumes: [{ name: "config", configMap: { name } }] };
}

async function open(lab: Lab): Promise<Cluster & { close(): void }> {
  const kubeconfig = await readKubeconfig({ env: {}, path: lab.kubeconfig });
  assert.ok(kubeconfig.ok);
  const opened = await openCluster(kubeconfig.value, undefined, { allowExec: true, timeout: 20_000 });
  assert.ok(opened.ok);
  return opened.value;
}

/** The cluster with what each pod is told, which its container in the lab does not hear. */
function told(cluster: Cluster, cases: readonly (Case & { readonly pod: string })[]): Cluster {
  const change = (object: KubeObject): KubeObject => {
    const own = cases.find(({ pod }) => pod === object.metadata.name);
    if (!own || object.spec?.containers === undefined) return object;
    const env = Object.entries(own.env ?? {}).map(([name, value]) => ({ name, value }));
    const containers = object.spec.containers.map((container: object) => ({ ...container, env, args: own.args ?? [] }));
    return { ...object, spec: { ...object.spec, ...own.spec, containers } };
  };
  return new Proxy(cluster, {
    get: (target, name, receiver) => {
      if (name !== "list") {
        const member = Reflect.get(target, name, receiver);
        return typeof member === "function" ? member.bind(target) : member;
      }
      return async (...args: Parameters<Cluster["list"]>) => {
        const answer = await target.list(...args);
        return answer.ok && args[0].resource === "pods" ? { ...answer, value: answer.value.map(change) } : answer;
      };
    },
  });
}
