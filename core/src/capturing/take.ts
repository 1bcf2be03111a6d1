import type { AbortSignalLike, Cluster, Refusal } from "../cluster/cluster.ts";
import { refused } from "../cluster/cluster.ts";
import type { Container } from "../probing/containers.ts";
import { noProgram, readWords, watched } from "./program.ts";
import { PacketRecords } from "./records.ts";
import { tcpdumpOf, type Wish } from "./wish.ts";

/** What a program has captured. */
export interface Taken {
  readonly packets: number;
  readonly ended: string;
  readonly interfaces: ReadonlyMap<number, string>;
  readonly dropped: number | undefined;
}

interface Taking {
  write(bytes: Uint8Array): void;
  onProgress?(progress: { readonly packets: number; readonly bytes: number }): void;
  readonly signal: AbortSignalLike;
}

/** Milliseconds beyond its own time that a program may take to start, and to end. */
const grace = 20_000;

/** Runs tcpdump in a container until a limit is reached or somebody wants no more. */
export async function taken(
  cluster: Cluster,
  wish: Wish,
  container: Container,
  { write, onProgress, signal }: Taking,
): Promise<Taken | Refusal> {
  const { limits } = wish;
  const records = new PacketRecords(limits.bytes);
  let failed: unknown;
  let stop = () => {};
  const until = new Promise<void>((resolve) => {
    stop = resolve;
  });
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop);
  const onBytes = (bytes: Uint8Array) => {
    if (failed !== undefined) return;
    try {
      const whole = records.push(bytes);
      if (whole.length > 0) write(whole);
      // Its header comes once tcpdump listens.
      if (records.bytes > 0) onProgress?.({ packets: records.packets, bytes: records.bytes });
    } catch (error) {
      failed = error;
    }
    if (failed !== undefined || records.ended) stop();
  };
  const argv = [...(container.outpost?.prefix ?? []), ...watched(limits.seconds, tcpdumpOf(wish))];
  const timeout = limits.seconds * 1000 + grace;
  const answer = await cluster.run(container, argv, { stdin: "", company: { until }, onBytes, timeout });
  signal.removeEventListener("abort", stop);
  if (failed !== undefined) throw failed;
  if (!answer.ok && records.bytes === 0) return answer.refusal;
  const { stderr, exitCode } = answer.ok ? answer.value : { stderr: "", exitCode: 0 };
  const { interfaces, dropped, words } = readWords(stderr);
  if (records.bytes === 0) return refusalOf(exitCode, words, container);
  const ended = answer.ok
    ? endOf(records, wish, signal, exitCode === 0 ? "" : words)
    : `since the connection was lost: ${answer.refusal.message}`;
  return { packets: records.packets, ended, interfaces, dropped };
}

/** Completes "it ended "; `words`: of a program that failed. */
function endOf(records: PacketRecords, { limits }: Wish, signal: AbortSignalLike, words: string): string {
  if (records.ended === "size") return `when the file had ${limits.bytes / 1e6} MB`;
  if (records.ended === "damaged") return "since what came was no capture any more";
  if (records.packets >= limits.packets) return `after ${limits.packets} packets`;
  if (signal.aborted) return "when you ended it";
  return words === "" ? `after ${limits.seconds} s` : `since tcpdump did: ${words}`;
}

function refusalOf(exitCode: number, words: string, { namespace, pod, container, image }: Container): Refusal {
  const where = `container "${container}" of pod ${namespace}/${pod}`;
  if (exitCode === noProgram)
    return refused(
      "no-command",
      `There is no tcpdump in ${where} (${image}).`,
      "Name an image that has it, such as netshoot.",
    ).refusal;
  return refused("failed", `tcpdump in ${where} ended with ${exitCode}: ${words || "it said nothing"}.`).refusal;
}
