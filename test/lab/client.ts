import { readFileSync } from "node:fs";
import { request } from "node:https";
import { parse } from "yaml";
import type { Any } from "./objects/object.ts";

/** Asks the API of a lab with the token of a context (the administrator's unless named). Throws for 400 and above. */
export async function callApi(
  kubeconfig: string,
  method: string,
  path: string,
  body?: unknown,
  contentType = "application/json",
  context?: string,
): Promise<Any> {
  const { status, text } = await rawCall(kubeconfig, method, path, body, contentType, context);
  const answer = /^[[{]/.test(text) ? JSON.parse(text) : text;
  if (status >= 400) throw new Error(`${method} ${path}: ${status} ${answer.message ?? text}`);
  return answer;
}

/** The same without judging the answer. */
export function rawCall(
  kubeconfig: string,
  method: string,
  path: string,
  body?: unknown,
  contentType = "application/json",
  context?: string,
  accept = "application/json",
): Promise<{ status: number; text: string }> {
  const config = parse(readFileSync(kubeconfig, "utf8"));
  const chosen = config.contexts.find((each: Any) => each.name === (context ?? config["current-context"]))?.context;
  const { cluster } = config.clusters.find((each: Any) => each.name === chosen.cluster);
  const { user } = config.users.find((each: Any) => each.name === chosen.user);
  const content = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${user.token}`,
    accept,
    ...(content === undefined ? {} : { "content-type": contentType, "content-length": Buffer.byteLength(content) }),
  };
  return new Promise((resolve, reject) => {
    // Every call has a connection of its own: one kept alive may be cut by the misbehaviour a test asks for.
    const sent = request(
      new URL(path, cluster.server),
      { method, headers, agent: false, ca: Buffer.from(cluster["certificate-authority-data"], "base64") },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk) => (text += chunk));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
        response.on("error", reject);
      },
    );
    sent.on("error", reject);
    sent.end(content);
  });
}
