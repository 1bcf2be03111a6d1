import { type ChildProcess, spawn } from "node:child_process";
import type { DiagnosisDocument } from "#core/report/diagnosis-json.ts";
import type { Lab } from "#test/lab/lab.ts";
import { main, type Ran } from "./cli.ts";

/** `kube-ipv6 diagnose` in a process beside this one, so that the lab's clock and the test go on. */
export function diagnosing(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Ran> {
  return started(["diagnose", ...args], env).ran;
}

/** The same for any command, with the process, for who wants to end it. */
export function started(args: readonly string[], env: NodeJS.ProcessEnv): { child: ChildProcess; ran: Promise<Ran> } {
  const child = spawn(process.execPath, [main, ...args], { stdio: ["ignore", "pipe", "pipe"], env });
  const ran = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (chunk) => (ran.out += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk) => (ran.err += chunk));
  return { child, ran: new Promise((done) => child.once("close", (code) => done({ ...ran, code }))) };
}

export function inLab(lab: Lab, context = lab.name): string[] {
  return ["--kubeconfig", lab.kubeconfig, "--context", context];
}

/** What it comes to: the exit code, and the document other programs read. */
export async function told(
  lab: Lab,
  args: readonly string[],
  context?: string,
  env?: NodeJS.ProcessEnv,
): Promise<{ code: number | null; document: DiagnosisDocument; err: string }> {
  const { code, out, err } = await diagnosing([...inLab(lab, context), "--format", "json", ...args], env);
  return { code, document: JSON.parse(out), err };
}

/** "IPv6 ok: web [fd00::1]:80" for each attempt, with what came of it. */
export function attempts({ symptoms }: DiagnosisDocument): string[] {
  return symptoms.map(({ family, outcome, to }) => `${family} ${outcome}: ${to}`);
}
