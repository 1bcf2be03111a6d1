/** Objects of one resource, as an admission policy selects them. */
export interface TwinTarget {
  readonly group: string;
  readonly versions: readonly string[];
  /** "services" */
  readonly resource: string;
  readonly kind: string;
}

/** What a rule of the linter says in CEL, for a cluster to refuse. */
export interface Twin {
  /** The rule's id. */
  readonly rule: string;
  readonly targets: readonly TwinTarget[];
  /**
   * Whether the API server refuses it by itself. A ValidatingAdmissionPolicy is asked after that,
   * {@link https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go}, and would never see it.
   */
  readonly server: boolean;
  readonly checks: readonly Check[];
}

export interface Check {
  /** CEL of Kubernetes 1.31 and newer, over `object`: true for what is right. It never fails on what it cannot read. */
  readonly holds: string;
  /** One sentence for who is refused. */
  readonly says: string;
}

/** A path that may be absent, and a list in its place. */
export function listAt(path: string): string {
  return `(${present(path)} ? ${path} : [])`;
}

/** `has(object.spec) && has(object.spec.ports)`: each step below `object` or a variable may be absent. */
export function present(path: string): string {
  const steps = path.split(".");
  return steps
    .slice(1)
    .map((_, index) => `has(${steps.slice(0, index + 2).join(".")})`)
    .join(" && ");
}

/** The families of an address or prefix in text, told by the colon that every IPv6 one has. */
export function isIPv6(text: string): string {
  return `${text}.contains(':')`;
}
