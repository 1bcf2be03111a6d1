import { type Answer, type KubeObject, type ListOptions, type ResourceType } from "#core/cluster.ts";
import type { Endpoint } from "./endpoint.ts";
export interface Listed {
    readonly objects: readonly KubeObject[];
    /** Where a watch goes on from. */
    readonly resourceVersion: string;
}
/** Every object of a type, page by page, in the API's order. */
export declare function listAll(endpoint: Endpoint, type: ResourceType, options: ListOptions): Promise<Answer<Listed>>;
/** An object has at least a name; what has none is not one. */
export declare function isObject(value: unknown): value is KubeObject;
export declare function parsed(text: string): Readonly<Record<string, unknown>> | undefined;
export declare function notKubernetes({ names, url }: Endpoint, what: string): {
    ok: false;
    refusal: import("#core/cluster.ts").Refusal;
};
