/**
 * Where manifests hold addresses and prefixes, and what exactly their reader takes there. The rules on literals, the
 * hovers and the address plan all read this one table; a new field is a line in it.
 */
export interface AddressPath {
  readonly kinds: readonly string[];
  /** Only for these API groups; any when left out. */
  readonly groups?: readonly string[];
  /**
   * Keys and `[]` for every item: `spec.externalIPs[]`. A key that holds dots stands in quotes: `metadata.annotations."a.b/c"`.
   * What starts with `pod.` is looked up in the pod spec of whatever holds one. `**` is every scalar below.
   */
  readonly path: string;
  /** Of what `path` finds only what has such a key; in a list, the list's. */
  readonly key?: RegExp;
  readonly holds: "ip" | "cidr" | "ip-or-cidr" | "ip-port" | "ip-range";
  /** The value is a list in one string, parted by this: the parts are looked at one by one. */
  readonly separator?: string;
  /** Blanks around the value, or around the parts of that list, are let in. */
  readonly blanks?: boolean;
  /** A subnet, so that host bits are a mistake; otherwise an address with its prefix length (`10.0.0.5/24`) is fine. */
  readonly subnet?: boolean;
  /** Only canonical text is accepted, by every version (`netip`-strict fields such as those of EndpointSlice). */
  readonly strict?: boolean;
  /** A range that addresses are handed out from: what overlap and containment are about. */
  readonly range?: "pod" | "service" | "node" | "load-balancer" | "plan";
  /** A family it has to be. */
  readonly family?: "IPv4" | "IPv6";
  /** What its reader says of the other family: an error of that number. */
  readonly otherFamily?: FieldRefusal;
  /** What its reader says of bits beyond the prefix length: an error of that number, not one of those for every field. */
  readonly masked?: FieldRefusal;
  /** What the reader itself says of a value it cannot read, if not the API server's words. */
  readonly reader?: string;
  /**
   * The syntax of this field is judged by a rule of its own. The rules in general look at what can be read, for its range and
   * its canonical form.
   */
  readonly ownRule?: boolean;
  /**
   * Read by the API server's own validation, which grew stricter in 1.36: leading zeros, IPv4-mapped addresses and host
   * bits are errors from then on, warnings before. Elsewhere they are warnings.
   */
  readonly byApiServer?: boolean;
  /** Read with Go's own net or netip: no octet may have a leading zero, in any version. {@link https://go.dev/doc/go1.17#net} */
  readonly byGo?: boolean;
  /** Any text is let in, so that one that cannot be read is a warning. */
  readonly unchecked?: boolean;
  /** Any text may stand here, such as a name: only what looks like an address is looked at. */
  readonly loose?: boolean;
  /** The same, and besides what is written with the signs of an address and cannot be read. */
  readonly shaped?: boolean;
  /** Words that may stand in the address's place: "None". An empty string always may, unless the field is `needed`. */
  readonly words?: readonly string[];
  readonly needed?: boolean;
  /**
   * What becomes of the address. "backend": the API server refuses loopback, link-local and the like. "target": packets
   * are sent to it, so that these cannot work. "resolver": a target, but a cache on the node is usual; "peer": the same of a daemon
   * there. "selector": a target, but the reader takes an address of the host where it is unspecified or loopback. "alias": a target,
   * and loopback keeps a name within the pod.
   */
  readonly role?: "backend" | "target" | "resolver" | "peer" | "selector" | "alias";
  /** Written by whoever runs the cluster, not by the author of a manifest. */
  readonly observed?: boolean;
  /** An exception or a negation: what is named is kept out, so that a range nobody should use is rightly named. */
  readonly keptOut?: boolean;
  /** A number of the catalogue that a literal which cannot be read has besides, in this field. */
  readonly code?: string;
  /** Another field and its value that make this one something else: `["addressType", "FQDN"]`. */
  readonly unless?: readonly [field: string, value: string];
  /** A field that says the same: where it is written too, only that one is judged. */
  readonly sameAs?: readonly (string | number)[];
  /** The field that names the interface to reach a link-local address over. */
  readonly interface?: readonly string[];
}

/** What a program that reads a field refuses, in its words, and the number of the catalogue. */
export interface FieldRefusal {
  readonly says: string;
  readonly code?: string;
}

/** What the reader says of the other family. */
export function only(family: "IPv4" | "IPv6"): Pick<AddressPath, "family" | "otherFamily"> {
  return { family, otherFamily: { says: `this field is for ${family}` } };
}
