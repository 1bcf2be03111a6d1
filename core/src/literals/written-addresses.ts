import { splitHostPort } from "../addresses/host-port.ts";
import { initialPools } from "../kinds/calico-node.ts";
import { type Flag, programFlags, type Written } from "../kinds/flags.ts";
import type { Edit } from "../manifest/edit.ts";
import type { Field, Place } from "../manifest/field.ts";
import { podKinds, podMetadata, type Resource } from "../manifest/resource.ts";
import { parseCorefile } from "../program-files/corefile.ts";
import type { AddressPath } from "./address-path.ts";

/** What may be an address or a prefix in a place that the table of fields cannot name, with a rule for its syntax. */
export interface WrittenAddress {
  readonly path: AddressPath & { readonly holds: "ip-or-cidr" };
  readonly text: string;
  readonly at: Place;
  replace(text: string): Edit | undefined;
}

/** Flags of Kubernetes' programs, upstreams of a Corefile, and the addresses and pools that Calico is asked for, in that order. */
export function writtenAddresses(resource: Resource): readonly WrittenAddress[] {
  if (resource.kind === "Corefile") return upstreams(resource);
  if (!hasFlags(resource)) return [];
  const pools = initialPools(resource).map(({ value, ...pool }) => {
    return { ...pool, path, replace: (by: string) => value.replace(by) };
  });
  const addresses = requested(podMetadata(resource)?.get("annotations", "cni.projectcalico.org/ipAddrs"));
  return [...flags(resource), ...addresses, ...pools];
}

function hasFlags({ kind, group }: Resource): boolean {
  return podKinds.includes(kind) || group === "kubeadm.k8s.io";
}

/**
 * Flags that take one address and refuse anything else.
 * {@link https://github.com/spf13/pflag/blob/master/ip.go}
 * {@link https://github.com/kubernetes/kubernetes/blob/master/pkg/util/flag/flags.go}
 */
const ipFlags = [
  ["kube-apiserver", ["advertise-address", "bind-address"]],
  ["kube-controller-manager", ["bind-address"]],
  ["kube-scheduler", ["bind-address"]],
  ["kube-proxy", ["bind-address"]],
  ["kubelet", ["address"]],
] as const;

export function givenIPFlags(resource: Resource): readonly Flag[] {
  if (!hasFlags(resource)) return [];
  return ipFlags.flatMap(([program, names]) => {
    const given = programFlags(resource, program);
    return names.flatMap((name) => given?.get(name) ?? []);
  });
}

/** Each takes addresses or prefixes, several between commas. */
const addressFlags = [
  ["kube-apiserver", ["advertise-address", "bind-address", "service-cluster-ip-range"]],
  ["kube-controller-manager", ["bind-address", "cluster-cidr", "service-cluster-ip-range"]],
  ["kube-proxy", ["bind-address", "cluster-cidr"]],
  ["kubelet", ["address", "cluster-dns", "node-ip"]],
] as const;

function flags(resource: Resource): WrittenAddress[] {
  return addressFlags.flatMap(([program, names]) => {
    const given = programFlags(resource, program);
    return names.flatMap((name) => {
      const flag = given?.get(name);
      return flag ? parts(flag, flag.text, /[^,\s]+/g) : [];
    });
  });
}

/** A JSON list of strings. */
function requested(annotation: Field | undefined): WrittenAddress[] {
  return annotation?.text === undefined ? [] : parts(annotation, annotation.text, /(?<=")[\da-f:.]+(?=")/gi);
}

function parts(written: Written, whole: string, each: RegExp): WrittenAddress[] {
  return [...whole.matchAll(each)].map(({ 0: text, index }) => {
    const end = index + text.length;
    const replace = (by: string) => written.replace(whole.slice(0, index) + by + whole.slice(end));
    return { path, text, at: written.within(index, end), replace };
  });
}

/** `forward . fd12::53`, with a scheme before it and a port behind it or without. */
function upstreams(file: Resource): WrittenAddress[] {
  const forwards = parseCorefile(file.source).flatMap(({ plugins }) =>
    plugins.filter(({ name }) => name.text === "forward" || name.text === "proxy"),
  );
  return forwards.flatMap(({ args: [, ...words] }) =>
    words.map((word) => {
      const server = word.text.replace(/^\w+:\/\//, "");
      const text = splitHostPort(server)?.host ?? server;
      const quote = word.end - word.start > word.text.length ? 1 : 0;
      const start = word.start + quote + word.text.indexOf(text);
      const end = start + text.length;
      return { path, text, at: file.at(start, end), replace: (by: string) => file.edit(start, end, by) };
    }),
  );
}

const path = { kinds: [], path: "", holds: "ip-or-cidr", ownRule: true } as const;
