import { readFileSync } from "node:fs";
import { WebSocket } from "ws";
import { parse } from "yaml";
import type { Lab } from "./lab.ts";
import type { Any } from "./objects/object.ts";

/** What an exec gave. */
export interface Executed {
  stdout: string;
  stderr: string;
  status: Any;
  /** The message of a refusal before the upgrade. */
  refused?: string;
}

/** An exec over WebSocket v5, as a client does it; `onOutput` is called once, at the first output. */
export function exec(
  lab: Lab,
  pod: string,
  command: string[],
  stdin?: string,
  context?: string,
  onOutput?: () => Promise<unknown>,
): Promise<Executed> {
  const config = parse(readFileSync(lab.kubeconfig, "utf8"));
  const token = config.users.find((each: Any) => each.name === `${lab.name}-${context ?? "admin"}`).user.token;
  const { server, ...cluster } = config.clusters[0].cluster;
  const query = new URLSearchParams([
    ...command.map((each) => ["command", each]),
    ["stdout", "true"],
    ["stderr", "true"],
    ["stdin", `${stdin !== undefined}`],
  ]);
  const socket = new WebSocket(
    `${server.replace("https", "wss")}/api/v1/namespaces/default/pods/${pod}/exec?${query}`,
    ["v4.channel.k8s.io", "v5.channel.k8s.io"],
    { ca: Buffer.from(cluster["certificate-authority-data"], "base64"), headers: { authorization: `Bearer ${token}` } },
  );
  const result: Executed = { stdout: "", stderr: "", status: undefined };
  return new Promise((resolve, reject) => {
    socket.on("open", () => {
      if (stdin === undefined) return;
      socket.send(Buffer.from(`\0${stdin}`));
      socket.send(Buffer.from([255, 0]));
    });
    socket.on("message", (data: Buffer) => {
      const text = data.subarray(1).toString();
      if (data[0] === 1) result.stdout += text;
      // The first output shows that the command runs.
      if (data[0] === 1 && text !== "" && result.stdout === text) onOutput?.().catch(reject);
      if (data[0] === 2) result.stderr += text;
      if (data[0] === 3) result.status = JSON.parse(text);
    });
    socket.on("unexpected-response", (_request, response) => {
      let text = "";
      response.on("data", (chunk) => (text += chunk));
      response.on("end", () => resolve({ ...result, refused: messageOf(text) }));
    });
    socket.on("close", (code) => (code === 1000 ? resolve(result) : reject(new Error(`closed with ${code}`))));
    socket.on("error", reject);
  });
}

/** The API server answers with a Status; of a container that does not run it passes on the kubelet's plain words. */
function messageOf(answer: string): string {
  return answer.startsWith("{") ? JSON.parse(answer).message : answer;
}
