import type { Saved } from "../saved.ts";

/** Namespaces whose objects have the names their makers gave them: those tell nothing of whoever runs them, and causes look for them. */
const common =
  /^(?:kube-.*|calico-.*|tigera-operator|cilium.*|metallb-system|cert-manager|ingress-nginx|istio-system|gateway-system)$/;
/** Words that are values of fields as well. */
const words = new Set(
  "default kubernetes localhost http https dns metrics linux windows amd64 arm64 true false tcp udp sctp pod pods node nodes service services eth0 lo api any all none svc cluster local internal".split(
    " ",
  ),
);
/** Fields that hold names of DNS: of load balancers and what is in front of them, of the names that a pod looks further for. */
const hostFields = new Set(["host", "hosts", "hostname", "hostnames", "externalName", "search"]);
/** What every customer of a cloud has at the end of his load balancer's name; a region tells of nobody either. */
const cloud =
  /\.(?:(?:elb\.[a-z\d-]+|[a-z\d-]+\.elb)\.amazonaws\.com|[a-z\d]+\.cloudapp\.azure\.com|bc\.googleusercontent\.com)$/;

type Kind = "pod" | "namespace" | "node" | "service" | "object" | "image" | "value" | "host";

/** Other words for the names of a diagnosis, in the order of the names: what is chosen by its name is chosen still. */
export class NamePseudonyms {
  readonly #known = new Map<string, string>();
  readonly #pattern: RegExp | undefined;

  constructor({ context, subject, observations }: Saved) {
    const found = new Map<string, Kind>();
    for (const { args, vantage, answer } of observations) {
      collect(args, found);
      collect(vantage, found);
      collect(answer, found);
    }
    collect(subject, found);
    const kinds = Map.groupBy(
      [...found].filter(([name]) => isTelling(name)),
      ([, kind]) => kind,
    );
    for (const [kind, all] of kinds)
      for (const [index, [name]] of all.sort(([a], [b]) => (a < b ? -1 : 1)).entries())
        this.#known.set(name, `${kind}-${String(index + 1).padStart(String(all.length).length, "0")}`);
    if (context !== "") this.#known.set(context, "context");
    const names = [...this.#known.keys()].sort((a, b) => b.length - a.length).map(quoted);
    if (names.length > 0) this.#pattern = new RegExp(`(?<![A-Za-z0-9_])(?:${names.join("|")})(?![A-Za-z0-9_])`, "g");
  }

  in(text: string): string {
    const plain = text.replace(/\b(User|user) "[^"]*"/g, '$1 "somebody"');
    return this.#pattern ? plain.replace(this.#pattern, (name) => this.#known.get(name) ?? name) : plain;
  }
}

function isTelling(name: string): boolean {
  return name.length > 0 && !words.has(name.toLowerCase()) && !/^[\d.:/-]+$/.test(name);
}

function collect(value: unknown, found: Map<string, Kind>): void {
  if (Array.isArray(value)) for (const one of value) collect(one, found);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  const fields = value as Readonly<Record<string, unknown>>;
  const namespace = text(fields.namespace);
  const own = namespace === undefined || !common.test(namespace);
  const add = (name: unknown, kind: Kind) => {
    const known = text(name);
    // What is the name of something as well is that.
    if (known !== undefined && (found.get(known) ?? "value") === "value") found.set(known, kind);
  };
  add(fields.node ?? fields.nodeName, "node");
  if (namespace !== undefined && own) add(namespace, "namespace");
  if (own && namespace !== undefined) {
    add(fields.pod, "pod");
    add(fields.service, "service");
  }
  const { metadata, kind } = fields as { metadata?: Readonly<Record<string, unknown>>; kind?: unknown };
  if (typeof metadata === "object" && metadata !== null) {
    const home = text(metadata.namespace);
    const isOwn = home === undefined ? !common.test(text(metadata.name) ?? "") : !common.test(home);
    if (isOwn) {
      add(metadata.name, kindOf(kind));
      for (const label of Object.values((metadata.labels ?? {}) as object)) add(label, "value");
    }
    if (isOwn) collectImages(fields, found);
  }
  const addHost = (name: unknown) => {
    if (typeof name !== "string" || !/^[\w*.-]+$/.test(name)) return;
    const whole = name.replace(/\.$/, "");
    const own = whole.replace(cloud, "");
    const labels = own.split(".");
    if (own === whole && labels.length > 1) labels.pop();
    for (const label of labels) if (label !== "*") add(label, "host");
  };
  if (fields.kind === "name") addHost(fields.name);
  if (/^(?:Hostname|InternalDNS|ExternalDNS)$/.test(String(fields.type))) addHost(fields.address);
  for (const [key, one] of Object.entries(fields))
    if (hostFields.has(key)) for (const name of [one].flat()) addHost(name);
  for (const [key, one] of Object.entries(fields)) if (key !== "annotations") collect(one, found);
}

function collectImages(object: Readonly<Record<string, unknown>>, found: Map<string, Kind>): void {
  for (const [, image = ""] of JSON.stringify(object).matchAll(/"image":"([^"]+)"/g)) found.set(image, "image");
}

function kindOf(kind: unknown): Kind {
  const lower = String(kind).toLowerCase();
  return lower === "pod" || lower === "node" || lower === "service" || lower === "namespace" ? lower : "object";
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function quoted(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
