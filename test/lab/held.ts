import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Lab } from "./lab.ts";
import { inNetns } from "./run.ts";

/** What became of connections that are held open, and of new ones that are tried all the time. */
export interface Count {
  /** Open, and answered just now. */
  readonly alive: number;
  /** That were open and are not. */
  readonly lost: readonly string[];
  /** New connections so far, and those of them that failed. */
  readonly tried: number;
  readonly failed: number;
}

export interface Held {
  count(): Promise<Count>;
  stop(): void;
}

/** A server of both families that says what it is told. */
export function echoIn(lab: Lab, pod: string, port: number): () => void {
  const program = `require("net").createServer((s) => { s.on("error", () => {}); s.pipe(s); }).listen(${port}, "::")`;
  const child = started(lab, pod, program);
  return () => void child.kill("SIGKILL");
}

/** Holds `each` connections from a pod to every target (HOST PORT), sends over each all the time, and tries new ones beside them. */
export async function hold(lab: Lab, pod: string, targets: readonly string[], each: number): Promise<Held> {
  const child = started(lab, pod, `(${holding.toString()})(${JSON.stringify(targets)}, ${each})`);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  return {
    async count() {
      child.stdin.write("count\n");
      return JSON.parse((await lines.next()).value ?? "");
    },
    stop: () => void child.kill("SIGKILL"),
  };
}

function started(lab: Lab, pod: string, program: string) {
  const [command = "", ...args] = inNetns(`${lab.name}-${pod}`, [process.execPath, "-e", program]);
  return spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
}

/** Runs in the pod's network, as text: it knows nothing of this file. */
function holding(targets: readonly string[], each: number): void {
  const net = process.getBuiltinModule("node:net");
  const held: { socket: import("node:net").Socket; target: string; echoed: number }[] = [];
  const lost: string[] = [];
  let [tried, failed] = [0, 0];
  const pending = new Set<number>();
  const connect = (target: string, on: (socket: import("node:net").Socket, ok: boolean) => void) => {
    const [host = "", port = ""] = target.split(" ");
    const socket = net.connect(Number(port), host);
    socket.setTimeout(3_000, () => socket.destroy(new Error("silence")));
    socket.once("connect", () => {
      socket.setTimeout(0);
      on(socket, true);
    });
    socket.once("error", () => on(socket, false));
  };
  for (const target of targets)
    for (let number = 0; number < each; number++)
      connect(target, (socket, ok) => {
        if (!ok) return void lost.push(`${target}: never open`);
        const one = { socket, target, echoed: 0 };
        held.push(one);
        socket.on("data", (data) => (one.echoed += data.length));
        socket.on("error", () => {});
        socket.once("close", () => lost.push(target));
        if (held.length === targets.length * each) console.log("open");
      });
  setInterval(() => {
    for (const { socket } of held) if (!socket.destroyed) socket.write(".");
    for (const target of targets) {
      const own = ++tried;
      pending.add(own);
      connect(target, (socket, ok) => {
        pending.delete(own);
        if (!ok) failed++;
        socket.destroy();
      });
    }
  }, 30);
  // Alive is what answers once more after it was asked.
  process.stdin.on("data", () => {
    const before = held.map(({ echoed }) => echoed);
    for (const { socket } of held) if (!socket.destroyed) socket.write("?");
    // What is tried until now is waited for, since silence takes its time.
    const until = tried;
    let looks = 0;
    const look = setInterval(() => {
      const alive = held.filter(
        ({ socket, echoed }, index) => !socket.destroyed && echoed > (before[index] ?? 0),
      ).length;
      if ([...pending].some((own) => own <= until)) return;
      if (alive < held.length - lost.length && ++looks < 100) return;
      clearInterval(look);
      console.log(JSON.stringify({ alive, lost, tried: until, failed }));
    }, 50);
  });
}
