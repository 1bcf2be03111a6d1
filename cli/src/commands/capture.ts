import { readFileSync } from "node:fs";
import { sweepCaptures } from "#cluster/capture-file.ts";
import { capture } from "#core/capturing/capture.ts";
import { choiceNames, choices } from "#core/capturing/filter.ts";
import { captureImage } from "#core/capturing/image.ts";
import { mostLimits, usualLimits } from "#core/capturing/wish.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { whatItIs } from "#core/outposts/words.ts";
import { type CaptureReading, isOdd, readCapture } from "#core/packets/reading/reading.ts";
import { packetsToText } from "#core/report/packets.ts";
import { printableJson } from "#core/text/printable.ts";
import { imageOf, mayBeAsked, outpostsOf } from "../beyond.ts";
import { capturePairOf } from "../capture-pair.ts";
import { pointOf, wishOf } from "../capture-wish.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { endings, openCapture } from "../open-capture.ts";
import { openToWrite, timeoutOption } from "../open-cluster.ts";
import { oneOf, parse } from "../options.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "capture",
  listed: 25,
  editor: "kube-ipv6.capturePackets",
  summary: "capture packets of a pod or a node into a file, and say in words what they show",
  usage: "TARGET --save FILE [OPTIONS]",
  operands: { name: "target", says: "POD, NAMESPACE/POD or node/NAME" },
  says: `Captures packets in the network of a pod or of a node with tcpdump, writes them to a file that Wireshark opens, and says in words what they
show: who answers whom, which solicitation has no advertisement, which error came from where about which flow. It sends nothing.
A container that has tcpdump and no limit of memory is used as it is; else --access says what may be created to capture from, which
is shown and asked for first, and removed afterwards. Of each packet its headers are kept, unless --full says otherwise.`,
  inputs: {
    save: {
      takes: "FILE",
      says: "where the packets go, readable by you alone (mode 0600); with --to FILE-NODE for each node, before the ending",
    },
    overwrite: { says: "a file that is there already may go" },
    to: {
      takes: "TARGET",
      says: `another POD, NAMESPACE/POD or node/NAME: packets are captured at the nodes of both at once, each into a file of its own, and it is said how
far they come: by which interface or tunnel they leave one node, whether they arrive at the other. Takes the packets of both and the tunnels
between their nodes, so that none of --only, --port, --peer and --interface goes with it; each limit is that of each node`,
    },
    only: {
      takes: choiceNames,
      repeatable: true,
      says: `what is captured; given again, that as well:
${choiceNames.map((name) => `  ${name.padEnd(12)} ${choices[name]}`).join("\n")}`,
      byDefault: "ipv6",
    },
    port: { takes: "PORT", repeatable: true, says: "TCP connections to or from this port, of both families" },
    peer: {
      takes: "ADDRESS",
      says: "of all that, what concerns one address: packets from and to it, errors about those, who looks for it as a neighbour",
    },
    interface: { short: "i", takes: "NAME", says: "one interface", byDefault: "all" },
    count: { takes: "N", says: `packets at most, up to ${mostLimits.packets}`, byDefault: `${usualLimits.packets}` },
    seconds: { takes: "N", says: `how long at most, up to ${mostLimits.seconds}`, byDefault: `${usualLimits.seconds}` },
    size: {
      takes: "MB",
      says: `size of the file at most, up to ${mostLimits.bytes / 1e6}`,
      byDefault: `${usualLimits.bytes / 1e6}`,
    },
    full: { says: "all of each packet, with whatever applications send unencrypted" },
    access: {
      takes: ["exec", "ephemeral", "privileged-node"],
      says: `what may be created to capture from, where no container can
  exec             nothing
  ephemeral        an ephemeral container in the pod, root with NET_RAW; it stays listed until the pod is deleted
  privileged-node  a privileged pod on the node`,
      byDefault: "exec",
    },
    yes: { says: "agrees to what --access would create; without it and without a terminal nothing is done" },
    image: {
      takes: "IMAGE",
      says: "what is created runs from it: anything with sh, sleep and tcpdump",
      byDefault: "netshoot, pinned by digest",
    },
    into: { takes: "NAMESPACE", says: "where a pod is created", byDefault: "the pod's, or the context's" },
    context: { takes: "NAME", says: "a context of the kubeconfig", byDefault: "the current one" },
    kubeconfig: { takes: "FILE", says: "as for kubectl; KUBECONFIG and ~/.kube/config are read without it" },
    namespace: { short: "n", takes: "NAME", says: "of a pod that is named without one", byDefault: "the context's" },
    timeout: { takes: "SECONDS", says: "how long a single request may take", byDefault: "10" },
    format: { short: "o", takes: ["text", "json"], says: "how to print what the packets say", byDefault: "text" },
    quiet: { says: "say nothing of the progress" },
  },
  besides: "Ctrl-C ends a capture; what was taken until then is kept.",
  exits: {
    0: "packets were captured, and nothing odd stands in them",
    1: "something odd stands in them",
    2: "wrong usage, or nobody to agree to what --access would create",
    3: "nothing could be captured",
  },
  writes: "files that an option names, and in a cluster what is agreed to",
});

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  const [target, ...more] = positionals;
  if (target === undefined || more.length > 0) throw new UsageError("one target: POD, NAMESPACE/POD or node/NAME");
  const { save } = values;
  if (save === undefined) throw new UsageError("--save FILE is needed: where do the packets go?");
  const format = oneOf("format", values.format, ["text", "json"]) ?? "text";
  if (values.to !== undefined) return capturePairOf(target, values.to, { ...values, save, format });
  const access = oneOf("access", values.access, ["exec", "ephemeral", "privileged-node"]) ?? "exec";
  const image = values.image === undefined ? captureImage : imageOf(values.image);
  timeoutOption(values.timeout);
  const wishIn = (namespace: string) => wishOf(pointOf(target, namespace), values);
  wishIn("default");
  mayBeAsked(access, values.yes === true);
  sweepCaptures();
  const opened = await openToWrite(values);
  if (!opened.ok) return refuse(opened.refusal);
  const { cluster, namespace } = opened.value;
  const abort = new AbortController();
  const onSignal = () => abort.abort();
  for (const signal of endings) process.on(signal, onSignal);
  try {
    const outposts = await outpostsOf(cluster, values.kubeconfig, "capture");
    const wish = wishIn(values.namespace ?? namespace);
    const file = openCapture(save, values.overwrite === true);
    const done = await capture(cluster, wish, {
      access,
      image,
      namespace: values.into ?? (wish.at.kind === "pod" ? wish.at.namespace : (values.namespace ?? namespace)),
      outposts,
      file: file.path,
      agree: async (words, creates) => {
        terminal.progress("");
        if (!values.quiet || creates) terminal.explain(`${words.join("\n")}\n`);
        return !creates || values.yes === true || (await terminal.agrees("Create this, and capture?", abort.signal));
      },
      write: (bytes) => file.write(bytes),
      ...(values.quiet ? {} : { onProgress: showProgress }),
      signal: abort.signal,
    });
    terminal.progress("");
    for (const { outpost, why } of done.left)
      terminal.complain(`kube-ipv6 capture: ${whatItIs(outpost)} is still there: ${why}`);
    if (!done.ok) {
      file.discard();
      return refuse(done.refusal, done.command);
    }
    file.keep();
    if (!values.quiet) terminal.complain(`${done.packets} packets in ${file.path}; it ended ${done.ended}.`);
    const reading = readCapture(readFileSync(file.path), done.around);
    return reading ? said(reading, format) : 3;
  } finally {
    for (const signal of endings) process.off(signal, onSignal);
    cluster.close();
  }
}

/** Prints what the packets of a capture say. */
function said(reading: CaptureReading, format: "text" | "json"): Exit {
  if (format === "json") terminal.printData(printableJson(`${JSON.stringify(reading, undefined, 2)}\n`));
  else terminal.print(packetsToText(reading));
  return isOdd(reading) ? 1 : 0;
}

function refuse({ message, remedy }: { readonly message: string; readonly remedy?: string }, command?: string): Exit {
  terminal.complain(`kube-ipv6 capture: ${message}`);
  if (remedy !== undefined) terminal.complain(remedy);
  if (command !== undefined) terminal.complain(`By hand: ${command}`);
  return 3;
}

function showProgress(progress: Parameters<NonNullable<Parameters<typeof capture>[2]["onProgress"]>>[0]): void {
  terminal.progress(
    "says" in progress ? progress.says : `${progress.packets} packets, ${Math.round(progress.bytes / 1000)} kB`,
  );
}
