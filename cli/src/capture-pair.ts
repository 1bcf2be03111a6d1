import { readFileSync } from "node:fs";
import { type CaptureFile, pathAtNode, sweepCaptures } from "#cluster/capture-file.ts";
import { captureImage } from "#core/capturing/image.ts";
import { capturePair, type PairCapture, type PairWish } from "#core/capturing/pair.ts";
import { whatItIs } from "#core/outposts/words.ts";
import { readPair } from "#core/packets/pair/pair-reading.ts";
import { isPairOdd, pairToText } from "#core/report/packet-pair.ts";
import { printableJson } from "#core/text/printable.ts";
import { imageOf, mayBeAsked, outpostsOf } from "./beyond.ts";
import { limitsOf, pointOf, type WishOptions } from "./capture-wish.ts";
import { type Exit, UsageError } from "./command.ts";
import { endings, openCapture } from "./open-capture.ts";
import { type ClusterOptions, openToWrite, timeoutOption } from "./open-cluster.ts";
import { oneOf } from "./options.ts";
import { terminal } from "./terminal.ts";

interface PairOptions extends WishOptions, ClusterOptions {
  readonly save: string;
  readonly format: "text" | "json";
  readonly overwrite?: boolean;
  readonly namespace?: string;
  readonly access?: string;
  readonly image?: string;
  readonly into?: string;
  readonly yes?: boolean;
  readonly quiet?: boolean;
}

/** `capture ONE --to OTHER`: at the nodes of both at once. */
export async function capturePairOf(one: string, other: string, options: PairOptions): Promise<Exit> {
  const access = oneOf("access", options.access, ["exec", "privileged-node"]) ?? "exec";
  for (const name of ["only", "port", "peer", "interface"] as const)
    if (options[name] !== undefined)
      throw new UsageError(`--${name} does not go with --to, which takes what is between the two`);
  timeoutOption(options.timeout);
  const image = options.image === undefined ? captureImage : imageOf(options.image);
  const wishIn = (namespace: string): PairWish => ({
    ends: [pointOf(one, namespace), pointOf(other, namespace)],
    limits: limitsOf(options),
    full: options.full === true,
  });
  wishIn("default");
  mayBeAsked(access, options.yes === true);
  sweepCaptures();
  const opened = await openToWrite(options);
  if (!opened.ok) return refuse(opened.refusal);
  const { cluster, namespace } = opened.value;
  const files = new Map<string, CaptureFile>();
  const fileOf = (node: string) => {
    const known = files.get(node) ?? openCapture(pathAtNode(options.save, node), options.overwrite === true);
    files.set(node, known);
    return known;
  };
  const abort = new AbortController();
  const onSignal = () => abort.abort();
  for (const signal of endings) process.on(signal, onSignal);
  let kept = false;
  try {
    const done = await capturePair(cluster, wishIn(options.namespace ?? namespace), {
      access,
      image,
      namespace: options.into ?? options.namespace ?? namespace,
      outposts: await outpostsOf(cluster, options.kubeconfig, "capture"),
      file: (node) => fileOf(node).path,
      write: (node, bytes) => fileOf(node).write(bytes),
      agree: async (words, creates) => {
        terminal.progress("");
        if (!options.quiet || creates) terminal.explain(`${words.join("\n")}\n`);
        return !creates || options.yes === true || (await terminal.agrees("Create this, and capture?", abort.signal));
      },
      ...(options.quiet ? {} : { onProgress: (says: string) => terminal.progress(says) }),
      now: () => performance.now(),
      signal: abort.signal,
    });
    terminal.progress("");
    for (const { outpost, why } of done.left)
      terminal.complain(`kube-ipv6 capture: ${whatItIs(outpost)} is still there: ${why}`);
    if (!done.ok) return refuse(done.refusal, done.commands);
    for (const { node } of done.ends) fileOf(node).keep();
    kept = true;
    return said(done, fileOf, options);
  } finally {
    if (!kept) for (const file of files.values()) file.discard();
    for (const signal of endings) process.off(signal, onSignal);
    cluster.close();
  }
}

function said(
  done: Extract<PairCapture, { ok: true }>,
  fileOf: (node: string) => CaptureFile,
  { format, quiet }: PairOptions,
): Exit {
  const [a, b] = done.ends.map((end) => ({ ...end, bytes: readFileSync(fileOf(end.node).path) }));
  const counts = done.ends.map(({ node }, index) => `${done.packets[index]} packets in ${fileOf(node).path}`);
  if (!quiet)
    terminal.complain(`${counts.join(", ")}; it ended ${done.ended}. kube-ipv6 read says what each shows by itself.`);
  const reading = a && b && readPair([a, b]);
  if (!reading) return 3;
  if (format === "json") terminal.printData(printableJson(`${JSON.stringify(reading, undefined, 2)}\n`));
  else terminal.print(pairToText(reading));
  return isPairOdd(reading) ? 1 : 0;
}

function refuse(
  { message, remedy }: { readonly message: string; readonly remedy?: string },
  commands: readonly string[] = [],
): Exit {
  terminal.complain(`kube-ipv6 capture: ${message}`);
  if (remedy !== undefined) terminal.complain(remedy);
  for (const command of commands) terminal.complain(`By hand: ${command}`);
  return 3;
}
