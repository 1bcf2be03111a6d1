import type { ListOptions, ResourceType } from "#core/cluster.ts";
/** The API's path of a type, of the whole cluster, of one namespace, or of one object. */
export declare function resourcePath({ apiVersion, resource }: ResourceType, namespace?: string, name?: string): string;
export declare function podPath(namespace: string, pod: string, subresource: string): string;
/** A query of what is defined, in the order given; an array repeats its name. */
export declare function query(fields: Readonly<Record<string, string | number | readonly string[] | undefined>>): string;
/** Completes "Cannot list ..." and "Cannot watch ...". */
export declare function described({ resource }: ResourceType, { namespace }: ListOptions): string;
