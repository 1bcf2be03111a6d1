import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { parse } from "yaml";
import type { Any } from "../objects/object.ts";
import { PlainError } from "./exec.ts";
import { decodeProtobuf } from "./protobuf.ts";
import { ApiError } from "./status.ts";

const bodies = new WeakMap<IncomingMessage, Promise<Buffer>>();

/** What a request brings. Asked for at once it is there though its client leaves; it fails if that was before all of it came. */
export function received(request: IncomingMessage): Promise<Buffer> {
  const known = bodies.get(request);
  if (known) return known;
  const read = buffer(request);
  // Who awaits it hears of it.
  read.catch(() => undefined);
  bodies.set(request, read);
  return read;
}

/** The body of a request as an object; undefined where there is none. Throws 400 and 415. */
export async function body(request: IncomingMessage): Promise<Any> {
  const bytes = await received(request);
  const type = request.headers["content-type"] ?? "application/json";
  if (bytes.length === 0) return undefined;
  if (type.startsWith("application/vnd.kubernetes.protobuf")) return decodeProtobuf(bytes);
  const content = bytes.toString();
  if (!/json|yaml/.test(type))
    throw new ApiError(
      415,
      "UnsupportedMediaType",
      "the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf",
    );
  try {
    return type.includes("yaml") ? parse(content) : JSON.parse(content);
  } catch (error) {
    throw new ApiError(400, "BadRequest", `couldn't get version/kind; json parse error: ${(error as Error).message}`);
  }
}

/** An error as the response that tells of it. */
export function asRefusal(error: unknown): { code: number; type: string; text: string } {
  if (error instanceof PlainError) return { code: error.code, type: "text/plain; charset=utf-8", text: error.message };
  const status =
    error instanceof ApiError
      ? error
      : new ApiError(500, "InternalError", `Internal error occurred: ${error instanceof Error ? error.stack : error}`);
  return { code: status.code, type: "application/json", text: JSON.stringify(status.toStatus()) };
}

/** Answers with an error, or drops a response that has begun. */
export function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const { code, type, text } = asRefusal(error);
  response.writeHead(code, { "content-type": type, "cache-control": "no-cache, private" }).end(text);
}

/** Answers with JSON. */
export function json(response: ServerResponse, code: number, value: Any): void {
  response
    .writeHead(code, { "content-type": "application/json", "cache-control": "no-cache, private" })
    .end(`${JSON.stringify(value)}\n`);
}

/** Answers with plain text. */
export function text(response: ServerResponse, code: number, value: string): void {
  response.writeHead(code, { "content-type": "text/plain; charset=utf-8" }).end(value);
}
