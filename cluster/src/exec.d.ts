import { type Answer, type PodVantage, type RunOptions, type RunResult } from "#core/cluster.ts";
import type { Endpoint } from "./endpoint.ts";
/** Runs one program in a container over a WebSocket, as `kubectl exec` does, and gives its output and exit code. */
export declare function runInContainer(endpoint: Endpoint, from: PodVantage, argv: readonly string[], options: RunOptions): Promise<Answer<RunResult>>;
