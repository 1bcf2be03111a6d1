import { classify, kindOf } from "./classify.ts";
import { wayBack } from "./composed.ts";
import type { Edit } from "./edit.ts";
import type { Embedded } from "./embedded.ts";
import { Field, type Place } from "./field.ts";
import type { Head, Node } from "./node.ts";
import type { Origin } from "./origin.ts";

/**
 * One object of a manifest: a document, an item of a List, or a file embedded in a ConfigMap. Its fields' offsets
 * are those of the document's text, wherever it was found.
 */
export class Resource {
  readonly root: Field;
  /**
   * The manifest's kind, or the kind of file for what has none: see {@link classify}. Rules choose by it.
   */
  readonly kind: string;
  readonly apiVersion: string;
  readonly name: string | undefined;
  /** undefined where the manifest leaves it to the context it is applied in. */
  readonly namespace: string | undefined;
  /** It comes from a template or is a patch: what it leaves out says nothing. */
  readonly partial: boolean;
  /** It is JSON that a Go program reads, which finds a key whatever the case of its letters. */
  readonly anyCase: boolean;
  readonly #origin: Origin;
  #known: Map<object, unknown> | undefined;

  constructor(node: Node, origin: Origin) {
    this.#origin = origin;
    this.root = new Field(this, node);
    const { apiVersion, kind, name, namespace } = headOf(this.root, origin);
    this.apiVersion = apiVersion;
    this.kind = kind;
    this.name = name;
    this.namespace = namespace;
    this.partial = origin.partial;
    this.anyCase = kind === "FlannelNetConf";
  }

  /** The API group, "" for the core group and for what is no Kubernetes object. */
  get group(): string {
    return this.apiVersion.includes("/") ? this.apiVersion.slice(0, this.apiVersion.indexOf("/")) : "";
  }

  /** The file in a ConfigMap or annotation that this was read from, or a file of its own that is no YAML. */
  get embedded(): Embedded | undefined {
    return this.#origin.embedded;
  }

  /** What people know it by: the object in whose fields or texts it stands, or itself. */
  get holder(): Resource {
    const { embedded, within } = this.#origin;
    const outer = within ?? embedded?.field?.resource;
    return outer?.holder ?? this;
  }

  /** It is a part of a chart's values, of an object that is not written yet. */
  get isPart(): boolean {
    return this.#origin.values !== undefined;
  }

  /** The values it is a part of, or itself. */
  get whole(): Resource {
    return this.#origin.partOf ?? this;
  }

  /** It is made of values that stand one by one, under other names. */
  get isComposed(): boolean {
    return this.#origin.ways !== undefined;
  }

  /** It is what could be made of broken text: what stands where is a guess. */
  get recovered(): boolean {
    return this.#origin.recovered === true;
  }

  get(...steps: readonly (string | number)[]): Field | undefined {
    return this.root.get(...steps);
  }

  /**
   * What is worked out once for a resource and asked for by many rules: `key` stands for the question. It goes with the
   * resource; a WeakMap for each question would cost the garbage collector more than a keystroke may.
   */
  once<T>(key: object, work: () => T): T {
    this.#known ??= new Map();
    if (!this.#known.has(key)) this.#known.set(key, work());
    return this.#known.get(key) as T;
  }

  /** True if the field is certainly absent: not so in a template or patch, where it may come from elsewhere. */
  lacks(...steps: readonly (string | number)[]): boolean {
    return !this.partial && !this.root.has(...steps);
  }

  /** The text that the fields' nodes count their offsets in: the document's, or the embedded file's. */
  get source(): string {
    return this.#origin.embedded?.text ?? this.#origin.source;
  }

  /** A place in an embedded file by offsets in its text, for files that are no YAML. */
  at(start: number, end: number): Place {
    return { path: this.spell([]), start: this.outer(start), end: this.outer(end) };
  }

  /** An edit of `source` as an edit of the document; undefined where an embedded file cannot be edited in place. */
  edit(start: number, end: number, text: string): Edit | undefined {
    const { embedded } = this;
    if (!embedded) return { start: this.outer(start), end: this.outer(end), text };
    if (embedded.fixed) return undefined;
    if (embedded.indent === undefined && embedded.outer(1) === embedded.outer(0)) return undefined;
    if (embedded.indent === undefined && text.includes("\n")) return undefined;
    const atLineStart = start === 0 || embedded.text[start - 1] === "\n";
    const indented = text.replace(/\n(?=[^\n])/g, `\n${embedded.indent ?? ""}`);
    // Behind the last line there is none to push, and its indentation is not written yet.
    if (atLineStart && start === embedded.text.length)
      return { start: embedded.outer(start), end: embedded.outer(end), text: (embedded.indent ?? "") + indented };
    // Lines inserted at the start of a line push the line that stood there, which needs its indentation anew.
    const tail = atLineStart && text.endsWith("\n") ? (embedded.indent ?? "") : "";
    return { start: embedded.outer(start), end: embedded.outer(end), text: indented + tail };
  }

  /** From an offset in what was parsed to an offset in the document's text. */
  outer(offset: number): number {
    return this.#origin.embedded?.outer(offset) ?? offset + (this.#origin.base ?? 0);
  }

  spell(steps: readonly (string | number)[]): string {
    const { embedded, values, ways } = this.#origin;
    if (embedded?.field) return embedded.field.path;
    const own = values
      ? [...values, ...(steps[0] === "spec" ? steps.slice(1) : [])]
      : [...this.#origin.steps, ...steps];
    return spellPath(ways ? wayBack(ways, own) : own);
  }

  toJSON(): unknown {
    return this.root.toJSON();
  }
}

function headOf(root: Field, { embedded, item, as, apiVersion: meant = "" }: Origin): Head {
  const { node } = root;
  let head = node.kind === "map" ? node.head : undefined;
  if (!head) {
    // An item of a typed list need not say what it is.
    const typed = as ?? (root.has("kind") || root.has("apiVersion") ? undefined : item);
    const apiVersion = typed?.apiVersion ?? root.get("apiVersion")?.text ?? meant;
    const kind = typed ? kindOf(typed.kind, apiVersion) : classify(root, apiVersion, embedded?.name);
    head = {
      apiVersion,
      kind,
      name: root.get("metadata", "name")?.text,
      namespace: root.get("metadata", "namespace")?.text,
    };
    if (node.kind === "map") node.head = head;
  }
  return head;
}

/** `spec.ipFamilies[0]`, `data["default.conf"]`; keys of annotations and labels stand in plain brackets. */
export function spellPath(steps: readonly (string | number)[]): string {
  let path = "";
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1];
    if (typeof step === "number" || before === "annotations" || before === "labels") path += `[${step}]`;
    else if (/^[\w-]+$/.test(step)) path += path === "" ? step : `.${step}`;
    else path += `["${step}"]`;
  }
  return path;
}

/** The pod spec of a Pod or of anything that holds a pod template; undefined for other kinds. */
export function podSpec(resource: Resource): Field | undefined {
  const spec = resource.get("spec");
  switch (resource.kind) {
    case "Pod":
      return spec;
    case "CronJob":
      return spec?.get("jobTemplate", "spec", "template", "spec");
    case "PodTemplate":
      return resource.get("template", "spec");
    default:
      return podKinds.includes(resource.kind) ? spec?.get("template", "spec") : undefined;
  }
}

/** The labels of the pods a resource makes. */
export function podLabels(resource: Resource): Field | undefined {
  switch (resource.kind) {
    case "Pod":
      return resource.get("metadata", "labels");
    case "CronJob":
      return resource.get("spec", "jobTemplate", "spec", "template", "metadata", "labels");
    case "PodTemplate":
      return resource.get("template", "metadata", "labels");
    default:
      return podKinds.includes(resource.kind) ? resource.get("spec", "template", "metadata", "labels") : undefined;
  }
}

/** What a pod, or the pods that a resource makes, are annotated and labelled with. */
export function podMetadata(resource: Resource): Field | undefined {
  return resource.kind === "Pod" ? resource.get("metadata") : podSpec(resource)?.parent?.get("metadata");
}

/** Kinds whose objects hold a pod spec, for the `kinds` of rules. */
export const podKinds: readonly string[] = [
  "Pod",
  "PodTemplate",
  "Deployment",
  "StatefulSet",
  "DaemonSet",
  "ReplicaSet",
  "ReplicationController",
  "Job",
  "CronJob",
];
