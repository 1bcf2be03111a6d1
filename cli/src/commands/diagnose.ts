import { readFileSync, writeFileSync } from "node:fs";
import { here } from "#cluster/here.ts";
import { accessLevels } from "#core/cluster/cluster.ts";
import { diagnoseDemo } from "#core/diagnosis/demo.ts";
import { type Diagnosis, diagnose, type Progress, type Subject, saved } from "#core/diagnosis/diagnosis.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { beyondOfOptions, imageOf, mustBeAsked, outpostsOf } from "../beyond.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { diagnoseAgain } from "../diagnose-again.ts";
import { outsideOf, subjectOf } from "../diagnose-subject.ts";
import { sayHalfDone } from "../fixing/half-done.ts";
import { openToWrite, timeoutOption } from "../open-cluster.ts";
import { optimizeLater } from "../optimize-later.ts";
import { oneOf, parse } from "../options.ts";
import { printDiagnosis, refuse } from "../print-diagnosis.ts";
import { underPseudonyms } from "../pseudonyms.ts";
import { shipped } from "../shipped.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "diagnose",
  listed: 20,
  editor: "kube-ipv6.diagnose",
  summary: "ask a cluster what works over IPv4 and IPv6, and name the root cause of what does not",
  usage: "[OPTIONS]",
  tool: {
    title: "Diagnose IPv6 in a cluster",
    says: "Dials inside the cluster over IPv4 and IPv6 and names the proven root cause of what fails, with the evidence and the command behind it. Without from and to it looks at the whole cluster; demo asks a recorded one. It changes nothing. Takes up to a minute.",
    takes: ["namespace", "from", "to", "demo"],
    asksCluster: true,
  },
  says: `Asks a cluster what works over IPv4 and over IPv6, and names the root cause of what does not, with the evidence, the kubectl
command behind every observation, and the fix. Unless --access says otherwise it only reads: the API, and files in containers that run already. From those it sends
TCP connections that are closed at once, DNS questions, to ports named http requests GET / HTTP/1.0 of up to 4 KB, an ICMP echo, and more where these hang; with at most
three small processes at a time, and none where a container has too little memory or too few processes left. Without --from and --to
it chooses pods of its own and looks at the whole cluster; with --from alone it looks at the cluster from that pod. Nothing leaves
the cluster but what --to, --outside and --also-from name.`,
  inputs: {
    context: { takes: "NAME", says: "a context of the kubeconfig", byDefault: "the current one" },
    kubeconfig: { takes: "FILE", says: "as for kubectl; KUBECONFIG and ~/.kube/config are read without it" },
    namespace: {
      short: "n",
      takes: "NAME",
      says: "where names without a namespace are at home, and what is looked at where the whole cluster may not be",
      byDefault: "the context's",
    },
    from: { takes: "POD", says: "the pod to look from: NAME or NAMESPACE/NAME" },
    to: {
      takes: "TARGET",
      says: `what it should reach, with :PORT where it matters:
  web, web.shop.svc, example.org   a name, resolved as the pod does it, then dialled
  2001:db8::1, [2001:db8::1]:443   an address
  svc/NAME, pod/NAME, node/NAME    as for kubectl; svc/NAMESPACE/NAME, too
  ing/NAME, gateway/NAME, httproute/NAME, grpcroute/NAME
                                   its addresses, and the Service and the pods behind it
  NAMESPACE/NAME                   a pod, else a Service`,
    },
    "also-from": {
      takes: "PLACE",
      repeatable: true,
      says: `where clients of the Service, Ingress, Gateway or route behind --to stand, dialled from besides the pods:
  node, node/NAME   a node, through a pod that runs in its network: load balancer addresses, external IPs, node ports
  here              this machine: the same, and names of load balancers; TCP connections that are closed at once,
                    and DNS questions to its own resolver; where nothing of a family answers, one to the API server and to --outside,
                    to see whether the family is dead here. Without it nothing is dialled from this machine`,
    },
    outside: {
      takes: "ADDRESS",
      repeatable: true,
      says: "also dialled from the pod on port 53 to see whether it gets out, for example 2001:4860:4860::8888; may be repeated. Only without --to, or with --also-from here: there this machine dials it, where nothing of a family answers, to see whether that is its own fault",
    },
    mtu: {
      says: "also finds out how large packets may be on the way to --to over each family: ICMP echoes, two where the interface's MTU passes, up to 20 and some seconds where it does not. Done without it where a connection hangs on a large packet",
    },
    "no-outside": { says: "nothing more than is done without it" },
    timeout: { takes: "SECONDS", says: "how long a single request may take", byDefault: "10" },
    demo: { says: "a recorded cluster with a fault in it, no cluster needed" },
    access: {
      takes: "LEVEL",
      says: `how far it may go, each level including those before it. Where it would create something it asks first, and shows it
  api              the API alone
  exec             containers that run already (the default)
  ephemeral        an ephemeral container in a pod with nothing to ask; it stays listed until the pod is deleted
  probe-pod        a pod beside such a pod, which passes Pod Security "restricted"
  node             a pod in the network of a node that no pod shows, as nobody, which reads files
  privileged-node  the same with all privileges: packet filter rules, the network of any pod`,
    },
    yes: { says: "agrees to what a level above exec would create; without it and without a terminal nothing is done" },
    image: {
      takes: "IMAGE",
      says: "what is created runs from it: anything with sh and sleep, such as busybox, netshoot or agnhost",
      byDefault: "agnhost, pinned by digest",
    },
    into: {
      takes: "NAMESPACE",
      says: "where pods are created",
      byDefault: "that of --namespace",
    },
    save: { takes: "FILE", says: "keep what was observed, to be judged again with --open" },
    pseudonyms: {
      says: "other names and addresses in all that is printed and saved, to be shown to strangers; what shares a prefix still does",
    },
    open: {
      takes: "PATH",
      says: "a diagnosis that was saved, no cluster needed; or objects: a file of kubectl get -o yaml, the folder of kubectl cluster-info dump, of a must-gather or a sysdump",
    },
    format: {
      short: "o",
      takes: ["text", "json", "markdown", "html"],
      says: "json is described by docs/diagnose.schema.json; html is one file that opens anywhere and loads nothing",
      byDefault: "text",
    },
    quiet: { says: "say nothing of the progress" },
  },
  besides: "The kubeconfig's credential plugin is started, as kubectl does.",
  exits: {
    0: "what was asked for was dialled and answered",
    1: "something fails over IPv6 or IPv4",
    2: "wrong usage, what was named is not there, or nobody to agree to what --access would create",
    3: "the cluster could not be looked at, or nothing could be dialled",
  },
  writes: "files that an option names, and in a cluster what is agreed to",
});

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  optimizeLater();
  const { values, positionals } = parse(args, optionsOf(operation));
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is no option; the target goes behind --to`);
  const format = oneOf("format", values.format, ["text", "json", "markdown", "html"]) ?? "text";
  const outside = outsideOf(values.outside, values["no-outside"] === true);
  timeoutOption(values.timeout);
  const access = oneOf("access", values.access, accessLevels) ?? "exec";
  const image = imageOf(values.image);
  mustBeAsked(access, values.yes === true, image);
  const finish = async (made: Diagnosis): Promise<Exit> => {
    const diagnosis = values.pseudonyms ? await underPseudonyms(made) : made;
    if (!diagnosis) {
      terminal.complain(
        "kube-ipv6 diagnose: under other names it would not say the same, so that nothing is shown or saved",
      );
      return 3;
    }
    if (values.save !== undefined) writeFileSync(values.save, `${JSON.stringify(saved(diagnosis))}\n`);
    return printDiagnosis(diagnosis, format);
  };
  if (values.mtu && values.to === undefined) throw new UsageError("--mtu is found out on the way to --to");
  const alsoFrom = values["also-from"];
  const asked = { from: values.from, to: values.to, outside, sizes: values.mtu === true, alsoFrom };
  // What is wrong with the usage is said before a cluster is asked.
  const subjectIn = (contexts: string): Subject =>
    values.namespace === undefined
      ? subjectOf(asked, contexts)
      : { ...subjectOf(asked, values.namespace), namedNamespace: true };
  const subject = subjectIn("default");
  if (values.open !== undefined) return finish(await diagnoseAgain(values.open, subject));
  if (values.demo) return finish(await diagnoseDemo(JSON.parse(readFileSync(shipped("demo/cluster.json"), "utf8"))));

  const opened = await openToWrite(values);
  if (!opened.ok) return refuse(opened.refusal);
  const { cluster, namespace } = opened.value;
  await sayHalfDone("diagnose", cluster.server);
  const abort = new AbortController();
  const onSignal = () => abort.abort();
  for (const signal of endings) process.once(signal, onSignal);
  try {
    const progress = values.quiet ? undefined : showProgress;
    const outposts = await outpostsOf(cluster, values.kubeconfig);
    const into = values.into ?? values.namespace ?? namespace;
    const beyond = beyondOfOptions(access, {
      outposts,
      image,
      namespace: into,
      yes: values.yes === true,
      signal: abort.signal,
    });
    const diagnosis = await diagnose(cluster, subjectIn(namespace), {
      signal: abort.signal,
      now: Date.now,
      access: access === "api" ? "api" : "exec",
      ...(beyond ? { beyond } : {}),
      ...(alsoFrom?.includes("here") ? { here: { machine: here, agree: said(values.quiet === true) } } : {}),
      ...(progress ? { onProgress: progress } : {}),
    });
    if (progress) terminal.progress("");
    return await finish(diagnosis);
  } finally {
    for (const signal of endings) process.off(signal, onSignal);
    cluster.close();
  }
}

/** The option is the yes; what it comes to is said before anything is sent. */
function said(quiet: boolean) {
  return async (words: readonly string[]) => {
    if (!quiet) terminal.progress("");
    if (!quiet) terminal.explain(`From this machine go ${words.join(", and ")}.\n`);
    return true;
  };
}

/** What ends us in good order: what was created is removed first. */
const endings = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function showProgress({ asking, vantage, done, total }: Progress): void {
  terminal.progress(`[${done}/${total}] ${vantage}: ${asking}`);
}
