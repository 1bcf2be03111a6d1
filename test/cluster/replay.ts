import { once } from "node:events";
import { readFileSync } from "node:fs";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import https from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { WebSocketServer } from "ws";
import type { Certificate } from "./certificates.ts";

/** An answer that a real API server gave, as it was recorded. */
export interface Recording {
  readonly request: { readonly method: string; readonly path: string };
  readonly response: {
    readonly status: number;
    readonly statusMessage?: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
    readonly text?: string;
    readonly stream?: readonly { readonly line: unknown }[];
    readonly frames?: readonly { readonly base64: string; readonly channel: number; readonly length: number }[];
    readonly acceptedSubprotocol?: string;
    readonly close?: { readonly code: number };
  };
}

export function recording(name: string): Recording {
  return JSON.parse(readFileSync(new URL(`./data/${name}.json`, import.meta.url), "utf8"));
}

/** What a test lets the server do: a recorded answer, how a stream goes on after it, or something of its own. */
export type Reply =
  | {
      readonly recorded: Recording;
      readonly then?: "end" | "stay open" | "cut" | "silent";
      readonly headers?: Record<string, string>;
    }
  | { readonly handle: (request: IncomingMessage, response: ServerResponse) => void };

export function replay(name: string, then: "end" | "stay open" | "cut" | "silent" = "end"): Reply {
  return { recorded: recording(name), then };
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** The name in the client certificate. */
  readonly client: string | undefined;
  /** The port of the other side, which is another one for each connection. */
  readonly from: number | undefined;
}

export interface ReplayServer {
  readonly port: number;
  readonly asked: readonly Asked[];
  /** The messages a client sent over its last WebSocket, in hexadecimal. */
  readonly sent: readonly string[];
  /** Cuts every connection as a dead link does. */
  cut(): void;
  close(): Promise<void>;
}

/** Answers each request with what `answer` chooses for it: over TLS with a certificate, in the clear without. */
export async function startReplay(
  answer: (asked: Asked) => Reply,
  tls?: Certificate,
  host = "127.0.0.1",
): Promise<ReplayServer> {
  const asked: Asked[] = [];
  const sent: string[] = [];
  const sockets = new Set<Socket>();
  const note = (request: IncomingMessage, body: string): Asked => {
    const url = new URL(request.url ?? "/", "http://server");
    const { method = "GET", headers } = request;
    const { socket } = request;
    const name = socket instanceof TLSSocket ? socket.getPeerCertificate().subject?.CN : undefined;
    const client = name === undefined ? undefined : String(name);
    const from = socket.remotePort;
    const one = { method, path: url.pathname, query: url.searchParams, headers, body, client, from };
    asked.push(one);
    return one;
  };
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    respond(answer(note(request, Buffer.concat(chunks).toString("utf8"))), request, response);
  };
  const server = tls
    ? https.createServer({ ...tls, requestCert: true, rejectUnauthorized: false }, listener)
    : http.createServer(listener);
  server.on(tls ? "secureConnection" : "connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  });
  server.on("upgrade", (request: IncomingMessage, socket: Socket) => {
    upgrade(answer(note(request, "")), request, socket, sent);
  });
  server.listen(0, host);
  await once(server, "listening");
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    sent,
    cut,
    async close() {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}

function respond(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
  if ("handle" in reply) {
    reply.handle(request, response);
    return;
  }
  const { status, headers, body, text, stream } = reply.recorded.response;
  response.writeHead(status, { ...headers, ...reply.headers });
  if (!stream) {
    response.end(bodyOf(body, text));
    return;
  }
  response.flushHeaders();
  for (const { line } of stream) response.write(`${JSON.stringify(line)}\n`);
  if (reply.then === "end") response.end();
  // The last bytes are to arrive before the connection goes.
  if (reply.then === "cut") response.write("", () => request.socket.destroy());
}

function bodyOf(body: unknown, text: string | undefined): string {
  return body === undefined ? (text ?? "") : `${JSON.stringify(body)}\n`;
}

function upgrade(reply: Reply, request: IncomingMessage, socket: Socket, sent: string[]): void {
  if ("handle" in reply) {
    reply.handle(request, new http.ServerResponse(request));
    return;
  }
  const {
    status,
    statusMessage = "",
    headers,
    body,
    text,
    acceptedSubprotocol = "",
    frames = [],
    close,
  } = reply.recorded.response;
  if (status !== 101) {
    const content = bodyOf(body, text);
    const lines = Object.entries({ ...headers, "Content-Length": Buffer.byteLength(content), Connection: "close" });
    socket.end(
      `HTTP/1.1 ${status} ${statusMessage}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${content}`,
    );
    return;
  }
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => acceptedSubprotocol });
  sockets.handleUpgrade(request, socket, Buffer.alloc(0), (client) => {
    sent.length = 0;
    const isStatus = (frame: { readonly channel: number }) => frame.channel === 3;
    const send = (some: typeof frames) => {
      for (const frame of some) client.send(bytesOf(frame));
    };
    const finish = () => {
      if (reply.then === "stay open") return;
      if (reply.then === "cut") {
        socket.destroy();
        return;
      }
      send(frames.filter(isStatus));
      client.close(close?.code ?? 1000);
    };
    // Accepted, and then nothing: as if a proxy held all that is sent.
    if (reply.then === "silent") return;
    client.on("message", (data: Buffer) => {
      sent.push(data.toString("hex"));
      if (data[0] === 255) finish();
    });
    send(frames.filter((frame) => !isStatus(frame)));
    // A program that reads its input ends when that is closed, any other by itself.
    const reads = new URL(request.url ?? "/", "http://server").searchParams.has("stdin");
    if (!reads) finish();
  });
}

/** Long runs of one letter were recorded by their length only. */
function bytesOf({
  base64,
  channel,
  length,
}: {
  readonly base64: string;
  readonly channel: number;
  readonly length: number;
}) {
  return base64 === "…"
    ? Buffer.concat([Buffer.of(channel), Buffer.alloc(length - 1, "a")])
    : Buffer.from(base64, "base64");
}
