import { type Address, isLoopback, parseAddress, sameAddress, unmapped } from "../addresses/address.ts";
import { specialOf } from "../addresses/special-addresses.ts";
import type { Subject } from "../judging/subject.ts";

/**
 * Where clouds tell a machine about itself, beside their link-local addresses: on AWS, on Google Cloud, on Alibaba Cloud, on Azure.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 * https://cloud.google.com/compute/docs/metadata/querying-metadata
 * https://www.alibabacloud.com/help/en/ecs/user-guide/view-instance-metadata
 * https://learn.microsoft.com/en-us/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
const metadata = ["fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "168.63.129.16"].flatMap(
  (text) => parseAddress(text) ?? [],
);

/**
 * Why nobody dials an address that a cluster hands out to clients: who gets there is no client of the cluster. Loopback is meant where the
 * cluster itself is on this machine.
 */
export function whyUndialled(text: string, { alsoFrom }: Pick<Subject, "alsoFrom">): string | undefined {
  const parsed = parseAddress(text);
  if (!parsed) return undefined;
  const address = unmapped(parsed);
  if (isLoopback(address) && isLocal(alsoFrom?.server?.host)) return undefined;
  const what = specialOf(address)?.what ?? (isMetadata(address) ? "a metadata service of a cloud" : undefined);
  return what === undefined
    ? undefined
    : `not dialled: ${text} is ${what}, which no client of a cluster is to be sent to`;
}

function isMetadata(address: Address): boolean {
  return metadata.some((one) => sameAddress(one, address));
}

function isLocal(host: string | undefined): boolean {
  const address = parseAddress(host ?? "");
  return host === "localhost" || (address !== undefined && isLoopback(address));
}
