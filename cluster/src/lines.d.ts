import type { IncomingMessage } from "node:http";
/** The lines of an answer as they come. Rejects when the stream is cut. A character and a line may lie across any number of chunks. */
export declare function linesOf(response: IncomingMessage): AsyncGenerator<string>;
