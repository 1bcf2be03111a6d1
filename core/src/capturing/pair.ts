import type { Cluster, Refusal } from "../cluster/cluster.ts";
import type { Left } from "../cluster/outposts.ts";
import type { PairEnd } from "../packets/pair/pair-end.ts";
import { type CaptureOptions, captureContainers, carrying, lacking, takenFrom, wayOf } from "./capture.ts";
import { filterOf } from "./filter.ts";
import { type CaptureEndpoint, findEnd } from "./pair-ends.ts";
import { pairWords } from "./pair-words.ts";
import { Together, type Window } from "./together.ts";
import type { CaptureWay } from "./ways.ts";
import { type Point, pointName, type Wish } from "./wish.ts";
import { captureByHand } from "./words.ts";

/** Two ends, at whose nodes packets are taken at once; the limits are those of each. */
export interface PairWish extends Pick<Wish, "limits" | "full"> {
  readonly ends: readonly [Point, Point];
}

export interface PairOptions extends Pick<CaptureOptions, "image" | "namespace" | "outposts" | "agree" | "signal"> {
  readonly access: "exec" | "privileged-node";
  /** Where the packets of a node go, for the words that are agreed to. */
  file(node: string): string;
  write(node: string, bytes: Uint8Array): void;
  onProgress?(says: string): void;
  /** Milliseconds, by one clock for both. */
  now(): number;
}

/** What was taken at one node, for who reads both. */
export type TakenEnd = Omit<PairEnd, "bytes">;

export type PairCapture =
  | {
      readonly ok: true;
      readonly ends: readonly [TakenEnd, TakenEnd];
      readonly packets: readonly [number, number];
      /** Completes "it ended ". */
      readonly ended: string;
      readonly left: readonly Left[];
    }
  | {
      readonly ok: false;
      readonly refusal: Refusal;
      readonly commands: readonly string[];
      readonly left: readonly Left[];
    };

/** Captures at both nodes of a pair, begun and ended together; what is created for it is removed whatever happens. */
export async function capturePair(cluster: Cluster, wish: PairWish, options: PairOptions): Promise<PairCapture> {
  const found = await Promise.all(wish.ends.map((at) => findEnd(cluster, at, options.signal)));
  const unfound = found.find((one) => "refusal" in one);
  if (unfound && "refusal" in unfound) return refusal(unfound.refusal);
  const [one, other] = found as [CaptureEndpoint, CaptureEndpoint];
  if (one.node === other.node)
    return refusal({
      reason: "unsupported",
      message: `Both stand on node ${one.node}, so that there is no way between nodes: a capture of node/${one.node} sees it all.`,
    });
  const between = {
    ends: [...one.addresses, ...other.addresses],
    nodes: [one.nodeAddresses, other.nodeAddresses],
  } as const;
  const wanted = { only: [], ports: [], between, without: carrying };
  const wishes = [one, other].map(
    ({ node }): Wish => ({ ...wish, at: { kind: "node", node }, interface: "any", wanted }),
  ) as [Wish, Wish];
  const commands = wishes.map((each) => captureByHand(cluster.context, each, options.image));
  try {
    const from = await waysOf(cluster, [one, other], options);
    if ("message" in from) return refusal(from, commands);
    const creates = from.some(({ kind }) => kind === "created");
    const words = pairWords(
      cluster,
      wishes,
      from,
      [one, other].map(({ node }) => options.file(node)),
    );
    if (!(await options.agree(words, creates)))
      return refusal({ reason: "cancelled", message: "You did not agree to it." });
    return await captureBoth(cluster, [one, other], wishes, from, options, commands);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refusal({ reason: "failed", message: `The capture failed: ${why}.` });
  }
}

async function waysOf(
  cluster: Cluster,
  ends: readonly [CaptureEndpoint, CaptureEndpoint],
  options: PairOptions,
): Promise<readonly [CaptureWay, CaptureWay] | Refusal> {
  const { access, image, namespace, signal, outposts } = options;
  const ways: CaptureWay[] = [];
  for (const { node } of ends) {
    const place = { pod: undefined, node, inNode: true };
    const way = await wayOf(cluster, place, { access, image, namespace, signal });
    if (!way) return { ...lacking(place, access), message: `On node ${node}: ${lacking(place, access).message}` };
    const hindrance = way.kind === "created" && (await outposts.hindrance(way.outpost, signal));
    if (hindrance) return hindrance;
    ways.push(way);
  }
  return ways as [CaptureWay, CaptureWay];
}

async function captureBoth(
  cluster: Cluster,
  ends: readonly [CaptureEndpoint, CaptureEndpoint],
  wishes: readonly [Wish, Wish],
  from: readonly [CaptureWay, CaptureWay],
  options: PairOptions,
  commands: readonly string[],
): Promise<PairCapture> {
  let left: readonly Left[] = [];
  const together = new Together(options.signal, options.now);
  let taken: Awaited<ReturnType<typeof bothTaken>>;
  try {
    taken = await bothTaken(cluster, ends, wishes, from, together, options);
  } finally {
    left = await options.outposts.removeAll();
  }
  if ("message" in taken) return { ok: false, refusal: taken, commands, left };
  const around = ends.map((end, index): TakenEnd => {
    const { interfaces, dropped } = taken[index] as (typeof taken)[number];
    const wish = wishes[index] as Wish;
    return {
      node: end.node,
      whose: end.whose,
      addresses: end.addresses.map(({ text }) => text),
      inNode: end.inNode,
      around: {
        point: pointName(wish),
        filter: filterOf(wish.wanted),
        interfaces,
        ...(dropped === undefined ? {} : { dropped }),
      },
      both: together.both(index as 0 | 1),
    };
  }) as [TakenEnd, TakenEnd];
  const [a, b] = taken;
  return { ok: true, ends: around, packets: [a.packets, b.packets], ended: together.why ?? a.ended, left };
}

async function bothTaken(
  cluster: Cluster,
  ends: readonly [CaptureEndpoint, CaptureEndpoint],
  wishes: readonly [Wish, Wish],
  from: readonly [CaptureWay, CaptureWay],
  together: Together,
  options: PairOptions,
) {
  // What has to be created comes first, so that both begin at once.
  const containers = await Promise.all(
    from.map((way) =>
      captureContainers(way, { ...options, onProgress: (at) => "says" in at && options.onProgress?.(at.says) }),
    ),
  );
  const refused = containers.find((one) => "message" in one);
  if (refused && "message" in refused) return refused;
  const seen = [0, 0];
  const results = await Promise.all(
    ends.map(async ({ node }, index) => {
      const window: Window = together.window(index as 0 | 1);
      const result = await takenFrom(cluster, wishes[index] as Wish, containers[index] as never, {
        write: (bytes) => options.write(node, bytes),
        onProgress: ({ packets }) => {
          window.sees(packets);
          seen[index] = packets;
          options.onProgress?.(ends.map((end, at) => `${seen[at]} packets at ${end.node}`).join(", "));
        },
        signal: together.signal,
      });
      window.ends("message" in result ? undefined : `${result.ended} at node ${node}`);
      return result;
    }),
  );
  const failed = results.find((one) => "message" in one);
  if (failed && "message" in failed) return failed;
  return results.flatMap((one) => ("message" in one ? [] : [one])) as unknown as readonly [Took, Took];
}

type Took = Exclude<Awaited<ReturnType<typeof takenFrom>>, Refusal>;

function refusal(why: Refusal, commands: readonly string[] = []): PairCapture {
  return { ok: false, refusal: why, commands, left: [] };
}
