import WebSocket from "ws";
import type { RunOptions } from "#core/cluster/cluster.ts";
import { pulse } from "#core/probing/company.ts";

/** The first byte of a message: https://pkg.go.dev/k8s.io/apimachinery/pkg/util/httpstream/wsstream */
const channel = { stdin: 0, close: 255 } as const;

/** v5 is v4 with a way to close stdin, served since Kubernetes 1.30. https://www.kubernetes.dev/resources/keps/4006/ */
const withClose = "v5.channel.k8s.io";
export const protocols = [withClose, "v4.channel.k8s.io"];

/** Whether a program's standard input can be ended while it runs. */
export function closesInput(socket: WebSocket): boolean {
  return socket.protocol === withClose;
}

/** Sends a program its standard input, and closes it or keeps the program company until the connection ends. */
export function feed(socket: WebSocket, stdin: string, company: RunOptions["company"]): void {
  write(socket, stdin);
  if (!company) {
    socket.send(Buffer.of(channel.close, channel.stdin));
    return;
  }
  const timer = setInterval(() => write(socket, "\n"), pulse);
  socket.once("close", () => clearInterval(timer));
  company.after?.then(() => write(socket, "go\n"));
  company.until?.then(() => write(socket, "end\n"));
}

/** Small enough for every proxy on the way. */
const chunkSize = 16 * 1024;

function write(socket: WebSocket, text: string): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  const bytes = Buffer.from(text, "utf8");
  for (let at = 0; at < bytes.length; at += chunkSize)
    socket.send(Buffer.concat([Buffer.of(channel.stdin), bytes.subarray(at, at + chunkSize)]));
}
