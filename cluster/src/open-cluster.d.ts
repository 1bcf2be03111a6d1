import { type Answer, type Cluster } from "#core/cluster.ts";
import { type EndpointOptions } from "./endpoint.ts";
import type { Kubeconfig } from "./kubeconfig.ts";
/** A cluster that can be left: its watches stop, its connections are closed, and what still runs over them ends. */
export interface OpenCluster extends Cluster {
    close(): void;
}
/**
 * The cluster a context stands for (the current one if none is named). Nothing is sent yet: what is wrong with the
 * kubeconfig is said here, with `config`; what is wrong with the server, by the first question.
 */
export declare function openCluster(kubeconfig: Kubeconfig, context?: string, options?: EndpointOptions): Promise<Answer<OpenCluster>>;
