import type { Family } from "../addresses/address.ts";
import type { Resource } from "../manifest/resource.ts";
import { type CiliumConfig, ciliumValues } from "./cilium-values.ts";

export type { CiliumConfig } from "./cilium-values.ts";

/** undefined for other ConfigMaps: the name is Helm's and the command line's alike, a suffix is Kustomize's. */
export function ciliumConfig(resource: Resource): CiliumConfig | undefined {
  if (resource.kind === "HelmValues") return ciliumValues(resource);
  const data = resource.get("data");
  if (resource.kind !== "ConfigMap" || !data || !/^cilium-config\b/.test(resource.name ?? "")) return undefined;
  const text = (key: string) => data.get(key)?.text;
  return {
    data,
    text,
    get: (key) => data.get(key),
    key: (key) => key,
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
