import { operation } from "./operation.ts";

export const diagnose = operation({
  name: "diagnose",
  editor: { command: "kube-ipv6.diagnose", title: "Run IPv6 Diagnosis" },
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
TCP connections that are closed at once, DNS questions, and to ports named http requests GET / HTTP/1.0 of up to 4 KB; with at most
three small processes at a time, and none where a container has too little memory or too few processes left. Without --from and --to
it chooses pods of its own and looks at the whole cluster; with --from alone it looks at the cluster from that pod. Nothing leaves
the cluster but what --to and --outside name.`,
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
    outside: {
      takes: "ADDRESS",
      repeatable: true,
      says: "also dialled from the pod on port 53 to see whether it gets out, for example 2001:4860:4860::8888; may be repeated. Only without --to",
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
