import type { AbortSignalLike, Cluster, Refusal } from "../cluster/cluster.ts";
import { refused } from "../cluster/cluster.ts";
import type { Left, Outpost, Outposts } from "../cluster/outposts.ts";
import { newName } from "../outposts/name.ts";
import { whatItIs } from "../outposts/words.ts";
import type { AroundCapture } from "../packets/reading/reading.ts";
import type { Container } from "../probing/containers.ts";
import { filterOf } from "./filter.ts";
import { type Taken, taken } from "./take.ts";
import { type CaptureWay, createdWay, type Found, findPoint, runningWay } from "./ways.ts";
import { pointName, type Wish } from "./wish.ts";
import { captureByHand, captureWords } from "./words.ts";

export interface CaptureOptions {
  /** What may be created; `exec`: nothing. */
  readonly access: "exec" | "ephemeral" | "privileged-node";
  readonly image: string;
  /** Where pods of our own are created. */
  readonly namespace: string;
  readonly outposts: Outposts;
  /** Where it is written, for the words that are agreed to. */
  readonly file: string;
  /** Shows what would be done; nothing is without a yes. */
  agree(words: readonly string[], creates: boolean): Promise<boolean>;
  /** Whole packets, to be written behind those before; the first begin with the header of the file. */
  write(bytes: Uint8Array): void;
  onProgress?(progress: { readonly says: string } | { readonly packets: number; readonly bytes: number }): void;
  /** Somebody wants no more; what was taken stays. */
  readonly signal: AbortSignalLike;
}

/** What came of a capture. */
export type Capture =
  | {
      readonly ok: true;
      /** For who reads the packets. */
      readonly around: AroundCapture;
      readonly packets: number;
      /** Completes "it ended ". */
      readonly ended: string;
      readonly left: readonly Left[];
    }
  | {
      readonly ok: false;
      readonly refusal: Refusal;
      /** What a person can type instead. */
      readonly command?: string;
      readonly left: readonly Left[];
    };

/** Ports of the kubelet and of the API server, through which what is captured goes; https://kubernetes.io/docs/reference/networking/ports-and-protocols/ */
export const carrying = [6443, 10250];

/** Captures from a container that has tcpdump, or from one that is created for it and removed whatever happens. */
export async function capture(cluster: Cluster, asked: Wish, options: CaptureOptions): Promise<Capture> {
  const found = await findPoint(cluster, asked.at, options.signal);
  if ("refusal" in found) return { ok: false, refusal: found.refusal, left: [] };
  const wish = found.inNode ? { ...asked, wanted: { ...asked.wanted, without: carrying } } : asked;
  const command = captureByHand(cluster.context, wish, options.image);
  const clash = wish.wanted.ports.find((port) => found.inNode && carrying.includes(port));
  if (clash !== undefined)
    return refusal({
      reason: "unsupported",
      message: `TCP port ${clash} of a node carries the capture itself, which would never end`,
    });
  try {
    const from = await wayOf(cluster, found, options);
    if (!from) return refusal(lacking(found, options.access), command);
    const subject = from.kind === "running" ? from.container : from.outpost;
    const hindrance = from.kind === "created" && (await options.outposts.hindrance(from.outpost, options.signal));
    if (hindrance) return refusal(hindrance, command);
    const words = captureWords(wish, subject, { ...cluster, file: options.file });
    if (!(await options.agree(words, from.kind === "created")))
      return refusal({ reason: "cancelled", message: "You did not agree to it." });
    return await captureFrom(cluster, wish, from, options, command);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refusal({ reason: "failed", message: `The capture failed: ${why}.` });
  }
}

async function captureFrom(
  cluster: Cluster,
  wish: Wish,
  from: CaptureWay,
  options: CaptureOptions,
  command: string,
): Promise<Capture> {
  let left: readonly Left[] = [];
  let result: Taken | Refusal;
  try {
    result = await throughAny(cluster, wish, from, options);
  } finally {
    left = await options.outposts.removeAll();
  }
  if ("message" in result) return { ok: false, refusal: result, command, left };
  const { packets, ended, interfaces, dropped } = result;
  const around = { point: pointName(wish), filter: filterOf(wish.wanted), interfaces };
  return { ok: true, around: dropped === undefined ? around : { ...around, dropped }, packets, ended, left };
}

/** The image may have no tcpdump where the node has one. */
async function throughAny(
  cluster: Cluster,
  wish: Wish,
  from: CaptureWay,
  options: CaptureOptions,
): Promise<Taken | Refusal> {
  const containers = await captureContainers(from, options);
  return "message" in containers ? containers : takenFrom(cluster, wish, containers, options);
}

/** What can be captured from, created where it has to be. */
export async function captureContainers(
  from: CaptureWay,
  { outposts, signal, onProgress }: Pick<CaptureOptions, "outposts" | "signal" | "onProgress">,
): Promise<readonly Container[] | Refusal> {
  if (from.kind === "running") return [from.container];
  onProgress?.({ says: `waiting for ${shortly(from.outpost)}` });
  const created = await outposts.create(from.outpost, signal);
  return created.ok ? from.stations() : created.refusal;
}

/** From the first of them that can. */
export async function takenFrom(
  cluster: Cluster,
  wish: Wish,
  containers: readonly Container[],
  options: Parameters<typeof taken>[3],
): Promise<Taken | Refusal> {
  let why: Refusal = refused("no-command", "No container there can capture.").refusal;
  for (const container of containers) {
    const result = await taken(cluster, wish, container, options);
    if (!("message" in result) || result.reason !== "no-command") return result;
    why = result;
  }
  return why;
}

/** undefined where no container can, and nothing may be created. */
export async function wayOf(
  cluster: Cluster,
  found: Found,
  options: Pick<CaptureOptions, "access" | "image" | "namespace" | "signal" | "onProgress">,
): Promise<CaptureWay | undefined> {
  options.onProgress?.({ says: "looking for a container that has tcpdump" });
  const container = await runningWay(cluster, found, options.signal);
  if (container) return { kind: "running", container };
  const { access, image, namespace } = options;
  return access === "exec" ? undefined : createdWay(found, access, { image, namespace, name: newName });
}

export function lacking({ pod }: Found, access: CaptureOptions["access"]): Refusal {
  const needs = pod ? "--access ephemeral adds one, --access privileged-node" : "--access privileged-node";
  return {
    reason: "no-command",
    message: `No container without a limit of memory in the network of the ${pod ? "pod" : "node"} has tcpdump${access === "ephemeral" ? ", and an ephemeral container is in a pod, not on a node" : ""}.`,
    remedy: `${needs} creates a pod on the node to capture from; it asks first.`,
  };
}

function shortly(outpost: Outpost): string {
  return whatItIs(outpost).replace(/ \(.*$/, "");
}

function refusal(why: Refusal, command?: string): Capture {
  return { ok: false, refusal: why, left: [], ...(command === undefined ? {} : { command }) };
}
