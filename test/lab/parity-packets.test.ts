/**
 * What `policy --parity` says of generated sets of NetworkPolicies and admin policies, held against packets: the sets become rules of
 * iptables and ip6tables on a router between four pods and the outside, and both families are dialled.
 */
import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import fc from "fast-check";
import type { KubeObject } from "#core/cluster/cluster.ts";
import type { Instance } from "#core/parity/model.ts";
import { parityOf } from "#core/parity/parity.ts";
import { decider, type PodEndpoint, type PolicyFlow, podsOf } from "#core/policy/policy.ts";
import { anyhow, kubernetesSets, type Objects, pods } from "../parity/generated.ts";
import { policyRules } from "./net/policy.ts";
import type { ApiObject } from "./objects/object.ts";
import { inNetns, ipBatch, must, run } from "./run.ts";
import { labSkip } from "./support.ts";

const skip = await labSkip();
const sets = Number(process.env.PARITY_SETS ?? 50);
const tag = `kp${process.pid}`;
const all = podsOf(pods);
const families = ["IPv4", "IPv6"] as const;
type Family = (typeof families)[number];

test("verdicts and witnesses are what packets do, in both families", { skip, timeout: 240_000 }, async (t) => {
  const net = new Net();
  t.after(() => net.end());
  await net.make();
  let dialled = 0;
  let witnesses = 0;
  // iptables knows no ports by name, and the lab's rules no baseline.
  const numbered = kubernetesSets(anyhow, { tiers: ["Admin"] }).map(
    (set) => JSON.parse(JSON.stringify(set).replaceAll('"sql"', "5432")) as Objects,
  );
  for (const set of fc.sample(numbered, { numRuns: sets, seed: 14 })) {
    await net.load(set);
    const flows = [...probes(), ...witnessesOf(set)];
    await net.own(flows.flatMap(({ from }) => (from.kind === "address" ? [from.address] : [])));
    const judge = decider([...set, ...pods]);
    const wrong = await Promise.all(
      flows.map(async (flow) => {
        const { ruling } = judge(flow);
        const seen = await net.dial(flow);
        const expected = ruling === "allowed" ? "open" : "ECONNREFUSED";
        return ruling === "unknown" || seen === expected ? undefined : { flow, ruling, seen };
      }),
    );
    assert.deepEqual(wrong.filter(Boolean), [], JSON.stringify(set));
    dialled += flows.length;
    witnesses += flows.length - probes().length;
  }
  t.diagnostic(`${sets} sets, ${dialled} connections dialled, ${witnesses} of them of witnesses`);
  assert.ok(witnesses > 0);
});

/** Every pod to and from some addresses of each place, and to every other pod, at ports that the sets name or not. */
function probes(): PolicyFlow[] {
  const outside = {
    IPv4: ["8.8.8.8", "203.0.113.7", "10.0.0.5", "192.168.4.4", "169.254.169.254"],
    IPv6: ["2001:4860::8", "2001:db8:1::7", "fd00:244:0:1::9", "fd00:ec2::254", "2600::1"],
  };
  return families.flatMap((family) =>
    all.flatMap((pod) => [
      ...outside[family].flatMap((address) =>
        [443, 8001, 22].flatMap((port): PolicyFlow[] => {
          const far = { kind: "address", address } as const;
          const rest = { family, protocol: "TCP", port } as const;
          return [
            { from: pod, to: far, ...rest },
            { from: far, to: pod, ...rest },
          ];
        }),
      ),
      ...all
        .filter((other) => other !== pod)
        .map((other): PolicyFlow => ({ from: pod, to: other, family, protocol: "TCP", port: 5432 })),
    ]),
  );
}

function witnessesOf(set: Objects): PolicyFlow[] {
  return parityOf([...set, ...pods]).differences.flatMap(({ instances }) => instances.flatMap(flowsOf));
}

function flowsOf({ subject, pod, peer, traffic }: Instance): PolicyFlow[] {
  const tcp = traffic.find(({ protocol }) => protocol === "TCP");
  if (!tcp) return [];
  return families.map((family) => {
    const ends = subject.direction === "egress" ? { from: pod, to: peer[family] } : { from: peer[family], to: pod };
    return { ...ends, family, protocol: "TCP", port: tcp.first };
  });
}

const names = ["router", "out", ...all.map((_, index) => `p${index}`)];

/** The router, the pods and the outside, each a network namespace with a program that listens and dials. */
class Net {
  readonly #diallers = new Map<string, Dialler>();
  readonly #owned = new Set<string>();

  async make(): Promise<void> {
    for (const name of names) await must(["ip", "netns", "add", `${tag}-${name}`]);
    await this.#wire("out", ["10.255.0.1/24", "fd99::1/64"], ["10.255.0.2/24", "fd99::2/64"]);
    for (const [index, { ips }] of all.entries())
      await this.#wire(
        `p${index}`,
        ips.map((ip) => `${ip}/${ip.includes(":") ? 128 : 32}`),
        [`169.254.1.1/32`, "fe80::1/64"],
      );
    for (const key of ["net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding"])
      await must(inNetns(`${tag}-router`, ["sysctl", "-qw", `${key}=1`]));
    for (const name of names.slice(1)) {
      // Whatever port is dialled, the one program answers; the outside is whoever is asked for.
      for (const tables of ["iptables", "ip6tables"])
        await must(
          inNetns(`${tag}-${name}`, [
            tables,
            "-t",
            "nat",
            "-A",
            "PREROUTING",
            "-p",
            "tcp",
            "-j",
            "REDIRECT",
            "--to-ports",
            "9000",
          ]),
        );
      this.#diallers.set(name, await Dialler.start(`${tag}-${name}`));
    }
  }

  async #wire(name: string, own: readonly string[], far: readonly string[]): Promise<void> {
    const [inner, outer] = [`${tag}-${name}`, `${tag}-router`];
    const gateways = name === "out" ? ["10.255.0.2", "fd99::2"] : ["169.254.1.1", "fe80::1"];
    await must(["ip", "link", "add", "eth0", "netns", inner, "type", "veth", "peer", "name", name, "netns", outer]);
    const nodad = (address: string) => (address.includes(":") ? " nodad" : "");
    await ipBatch(outer, [
      "link set lo up",
      `link set ${name} up`,
      ...far.map((address) => `address add ${address} dev ${name}${nodad(address)}`),
    ]);
    await ipBatch(inner, [
      "link set lo up",
      "link set eth0 up",
      ...own.map((address) => `address add ${address} dev eth0${nodad(address)}`),
    ]);
    await ipBatch(
      inner,
      gateways.map((via) => `route add default via ${via} dev eth0 onlink`),
    );
    if (name === "out") {
      const both = async (netns: string, four: string, six: string) => {
        await must(["ip", "-n", netns, "-4", ...four.split(" ")]);
        await must(["ip", "-n", netns, "-6", ...six.split(" ")]);
      };
      await both(outer, "route add default via 10.255.0.1", "route add default via fd99::1");
      // What the outside is asked for is its own; what it asks for goes to the router.
      await both(inner, "route add local 0.0.0.0/0 dev lo table 7", "route add local ::/0 dev lo table 7");
      await both(inner, "rule add iif eth0 lookup 7", "rule add iif eth0 lookup 7");
    } else
      await ipBatch(
        outer,
        own.map((address) => `route add ${address} dev ${name}`),
      );
  }

  async load(set: Objects): Promise<void> {
    for (const family of families) {
      const lines = [
        "*filter",
        ":FORWARD ACCEPT [0:0]",
        ...rulesOf(set, family),
        "-A FORWARD -j KUBE-NWPLCY",
        "COMMIT",
        "",
      ];
      const program = family === "IPv6" ? "ip6tables-restore" : "iptables-restore";
      await must(inNetns(`${tag}-router`, [program, "--wait"]), { input: lines.join("\n") });
    }
  }

  /** The outside may only speak from addresses of its own. */
  async own(addresses: readonly string[]): Promise<void> {
    const news = [...new Set(addresses)].filter((address) => !this.#owned.has(address));
    for (const address of news) this.#owned.add(address);
    const lines = news.map(
      (address) => `address add ${address}${address.includes(":") ? "/128 dev lo nodad" : "/32 dev lo"}`,
    );
    await ipBatch(`${tag}-out`, lines);
  }

  /** "open", or the errno. */
  dial({ from, to, family, port }: PolicyFlow): Promise<string> {
    const source = from.kind === "pod" ? undefined : from.address;
    const at = from.kind === "pod" ? `p${all.findIndex((pod) => same(pod, from))}` : "out";
    const host = to.kind === "pod" ? addressOf(to, family) : to.address;
    return (this.#diallers.get(at) as Dialler).dial(host, port as number, source);
  }

  async end(): Promise<void> {
    await Promise.all([...this.#diallers.values()].map((dialler) => dialler.end()));
    await Promise.all(names.map((name) => run(["ip", "netns", "del", `${tag}-${name}`])));
  }
}

class Dialler {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, (seen: string) => void>();
  #next = 0;

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
  }

  static async start(netns: string): Promise<Dialler> {
    const [program = "", ...args] = inNetns(netns, [process.execPath, join(import.meta.dirname, "dialler.mjs")]);
    const child = spawn(program, args);
    const dialler = new Dialler(child);
    await new Promise<void>((ready, failed) => {
      child.once("error", failed);
      child.once("exit", (code) => failed(new Error(`the dialler of ${netns} ended with ${code}`)));
      createInterface({ input: child.stdout }).on("line", (line) => {
        const [id, seen] = JSON.parse(line);
        if (id === "listening") ready();
        else dialler.#waiting.get(id)?.(seen);
      });
    });
    return dialler;
  }

  dial(host: string, port: number, source?: string): Promise<string> {
    const id = this.#next++;
    return new Promise((seen) => {
      this.#waiting.set(id, seen);
      this.#child.stdin.write(`${JSON.stringify([id, host, port, source])}\n`);
    });
  }

  end(): Promise<unknown> {
    const over = new Promise((done) => this.#child.once("exit", done));
    this.#child.stdin.end();
    return over;
  }
}

function same(one: PodEndpoint, other: PodEndpoint): boolean {
  return one.namespace === other.namespace && one.name === other.name;
}

function addressOf({ ips }: PodEndpoint, family: Family): string {
  return ips.find((ip) => ip.includes(":") === (family === "IPv6")) as string;
}

/** The lab's rules for NetworkPolicies, and before them on each pod's way out those of the admin policies. Refused at once, not dropped. */
function rulesOf(set: Objects, family: Family): string[] {
  const world = { pods: placed(pods, "Pod"), namespaces: placed(pods, "Namespace") };
  const own = policyRules(family, "n1", placed(set, "NetworkPolicy"), world);
  const admin = set.filter(({ kind }) => kind !== "NetworkPolicy").sort((a, b) => a.spec.priority - b.spec.priority);
  const chains = all.flatMap((pod, index) => {
    const chain = `ADMIN-${index}`;
    const address = addressOf(pod, family);
    const jump = new RegExp(`^-A KUBE-NWPLCY -s ${address} -j (\\S+)$`);
    const next = own.flatMap((line) => jump.exec(line)?.[1] ?? [])[0];
    const after = next === undefined ? "-j RETURN" : `-g ${next}`;
    const rules = admin
      .filter((policy) => subjects(policy, pod))
      .flatMap((policy) => adminRules(chain, policy, family, after));
    return [`:${chain} - [0:0]`, ...rules, `-A ${chain} ${after}`];
  });
  const entered = all.map((pod, index) => `-A KUBE-NWPLCY -s ${addressOf(pod, family)} -j ADMIN-${index}`);
  const outward = all.map((pod) => `-A KUBE-NWPLCY -s ${addressOf(pod, family)} -j KUBE-POD-E`);
  const lines = own.filter((line) => !outward.some((start) => line.startsWith(start)));
  const [declared, rest] = [
    lines.filter((line) => line.startsWith(":")),
    lines.filter((line) => !line.startsWith(":")),
  ];
  const inward = rest.findIndex((line) => line.startsWith("-A KUBE-NWPLCY -d"));
  const at = inward < 0 ? rest.length : inward;
  const ordered = [...rest.slice(0, at), ...entered, ...rest.slice(at)];
  const declaredToo = chains.filter((line) => line.startsWith(":"));
  const filled = chains.filter((line) => !line.startsWith(":"));
  return [...declared, ...declaredToo, ...ordered, ...filled].map((line) =>
    line.replace(/ -j DROP$/, `${line.includes("-p tcp") ? "" : " -p tcp"} -j REJECT --reject-with tcp-reset`),
  );
}

function placed(objects: Objects, kind: string): ApiObject[] {
  return objects.filter((object) => object.kind === kind) as unknown as ApiObject[];
}

function subjects({ spec }: KubeObject, { labels }: PodEndpoint): boolean {
  return spec.subject.namespaces !== undefined || labels.app === "web";
}

function adminRules(chain: string, { spec }: KubeObject, family: Family, after: string): string[] {
  return spec.egress.flatMap(({ action, to, ports, protocols }: KubeObject) => {
    const target = action === "Deny" ? "-j DROP" : action === "Pass" ? after : "-j RETURN";
    const limit = ports || protocols ? " -p tcp -m tcp --dport 443" : "";
    const nets = to.flatMap(({ networks }: KubeObject) => networks ?? all.map((pod) => addressOf(pod, family)));
    return nets
      .filter((net: string) => net.includes(":") === (family === "IPv6"))
      .map((net: string) => `-A ${chain} -d ${net}${limit} ${target}`);
  });
}
