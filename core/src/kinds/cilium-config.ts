import type { Family } from "../addresses/address.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

/** The keys of `cilium-config`, which are the flags of the agent and the operator. */
export interface CiliumConfig {
  readonly data: Field;
  /** undefined where it is not written or comes from a template. */
  text(key: string): string | undefined;
  get(key: string): Field | undefined;
  /** It is certainly not written. */
  lacks(key: string): boolean;
  /** "true" as the programs read it: any case, and "1". */
  on(key: string): boolean;
  off(key: string): boolean;
}

/** undefined for other ConfigMaps: the name is Helm's and the command line's alike, a suffix is Kustomize's. */
export function ciliumConfig(resource: Resource): CiliumConfig | undefined {
  const data = resource.get("data");
  if (resource.kind !== "ConfigMap" || !data || !/^cilium-config\b/.test(resource.name ?? "")) return undefined;
  const text = (key: string) => data.get(key)?.text;
  return {
    data,
    text,
    get: (key) => data.get(key),
    lacks: (key) => resource.lacks("data", key),
    on: (key) => /^(?:true|t|1)$/i.test(text(key) ?? ""),
    off: (key) => /^(?:false|f|0)$/i.test(text(key) ?? ""),
  };
}

/** The names of ICMP types in a policy: cilium/cilium pkg/policy/api/icmp.go. */
export const icmpNames: Readonly<Record<Family, readonly string[]>> = {
  IPv4: `EchoReply DestinationUnreachable Redirect Echo EchoRequest RouterAdvertisement RouterSelection TimeExceeded
ParameterProblem Timestamp TimestampReply Photuris ExtendedEchoRequest ExtendedEchoReply`.split(/\s/),
  IPv6: `DestinationUnreachable PacketTooBig TimeExceeded ParameterProblem EchoRequest EchoReply MulticastListenerQuery
MulticastListenerReport MulticastListenerDone RouterSolicitation RouterAdvertisement NeighborSolicitation
NeighborAdvertisement RedirectMessage RouterRenumbering ICMPNodeInformationQuery ICMPNodeInformationResponse
InverseNeighborDiscoverySolicitation InverseNeighborDiscoveryAdvertisement HomeAgentAddressDiscoveryRequest
HomeAgentAddressDiscoveryReply DuplicateAddressRequestCodeSuffix DuplicateAddressConfirmationCodeSuffix MobilePrefixSolicitation MobilePrefixAdvertisement ExtendedEchoRequest
ExtendedEchoReply`.split(/\s/),
};
