import { spawn } from "node:child_process";
import {
  type Answer,
  answered,
  type Cluster,
  type KubeObject,
  type PodVantage,
  type Refusal,
  type RunOptions,
  type RunResult,
  refused,
} from "#core/cluster/cluster.ts";

/** A cluster whose containers are this machine: the API answers from objects, `run` starts the program here. */
export interface FixtureCluster extends Cluster {
  /** Every program that was started: the container, and the program's name. */
  readonly started: readonly string[];
}

interface Behaviour {
  /** A refusal instead of running a program. */
  refuse?(from: PodVantage, program: string): Refusal | undefined;
}

export function fixtureCluster(objects: readonly KubeObject[], behaviour: Behaviour = {}): FixtureCluster {
  const started: string[] = [];
  const ofType = (resource: string) => objects.filter(({ kind = "" }) => plural(kind) === resource);
  return {
    context: "fixture",
    server: "https://fixture:6443",
    started,
    version: async () => answered({ major: 1, minor: 36, gitVersion: "v1.36.0" }),
    list: async ({ resource }, { namespace, fieldSelector } = {}) => {
      const node = /^spec\.nodeName=(.*)$/.exec(fieldSelector ?? "")?.[1];
      const found = ofType(resource).filter(
        ({ metadata }) => namespace === undefined || metadata.namespace === namespace,
      );
      return answered(found.filter(({ spec }) => node === undefined || spec?.nodeName === node));
    },
    get: async ({ resource }, name, { namespace } = {}) => {
      const object = ofType(resource).find(
        ({ metadata }) => metadata.name === name && metadata.namespace === namespace,
      );
      return object ? answered(object) : refused("not-found", `${resource} "${name}" not found`);
    },
    watch: () => ({ stop: () => undefined }),
    logs: async () => answered(""),
    mayI: async () => answered(true),
    run: async (from, argv, options) => {
      const [program = ""] = argv;
      started.push(`${from.pod}/${from.container} ${program}`);
      const refusal = behaviour.refuse?.(from, program);
      return refusal ? { ok: false, refusal } : runHere(argv, options);
    },
  };
}

function plural(kind: string): string {
  return `${kind.toLowerCase()}${kind.endsWith("s") ? "es" : "s"}`;
}

/** Runs a program on this machine, and keeps it company as an exec does. */
async function runHere([program = "", ...args]: readonly string[], options: RunOptions): Promise<Answer<RunResult>> {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk) => {
    output.stdout += chunk;
    options.onOutput?.(output.stdout);
  });
  child.stderr.setEncoding("utf8").on("data", (chunk) => (output.stderr += chunk));
  child.stdin.on("error", () => {});
  child.stdin.write(options.stdin ?? "");
  const pulse = setInterval(() => child.stdin.write("\n"), 100);
  options.company?.after?.then(() => child.stdin.write("go\n"));
  options.company?.until?.then(() => child.stdin.write("end\n"));
  return new Promise((done) => {
    child.once("error", ({ message }) => done(refused("no-command", message)));
    child.once("close", (code) => {
      clearInterval(pulse);
      done(answered({ ...output, exitCode: code ?? 1 }));
    });
  });
}

export function runningPod(
  name: string,
  node: string,
  ips: readonly string[],
  port?: number,
  more: object = {},
): KubeObject {
  const ports = port === undefined ? [] : [{ containerPort: port, name: "http" }];
  return {
    kind: "Pod",
    metadata: { name, namespace: "default", labels: { app: name } },
    spec: {
      nodeName: node,
      containers: [
        { name: "app", image: `example.org/${name}:1`, ports, env: [{ name: "PASSWORD", value: "hunter2" }] },
      ],
      ...more,
    },
    status: {
      phase: "Running",
      podIPs: ips.map((ip) => ({ ip })),
      containerStatuses: [{ name: "app", ready: true, state: { running: {} } }],
    },
  };
}

export function node(name: string): KubeObject {
  return {
    kind: "Node",
    metadata: { name },
    spec: { podCIDRs: ["10.244.0.0/24", "fd00:10:244::/64"] },
    status: { addresses: [{ type: "InternalIP", address: "2001:db8::1" }] },
  };
}
