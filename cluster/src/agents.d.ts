import { type Agent } from "node:http";
import { type AgentOptions } from "node:https";
import { type Answer } from "#core/cluster.ts";
import type { Credentials } from "./credentials.ts";
import type { Entry } from "./kubeconfig-document.ts";
/** One agent as long as the client certificate stays the same: connections are what costs. */
export declare class Agents {
    #private;
    constructor(url: URL, options: AgentOptions, proxy: string | undefined);
    /** The agent before is left to end by itself: watches may still run over it. */
    for({ cert, key }: Credentials): Promise<Answer<Agent>>;
    close(): Promise<void>;
}
/** How the server of a cluster is judged. Refuses with `config`. */
export declare function tlsOf(cluster: Entry): Promise<Answer<AgentOptions>>;
