import { createSocket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { connect, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";
import type { Family } from "#core/addresses/address.ts";
import { type AbortSignalLike, answered, refused } from "#core/cluster/cluster.ts";
import type { Here, HereAttempt } from "#core/probing/here.ts";

/** The machine this program runs on. */
export const here: Here = {
  dial: async ({ family, host, port, seconds }, signal) => {
    if (signal?.aborted) return cancelled;
    const own = hasOwn(family);
    const error = await routeTo(family, host, port);
    if (error !== undefined) return answered({ ok: false, ms: 0, text: error, route: false, own });
    const attempt = await dialled({ host, port, ms: seconds * 1000 }, signal);
    return attempt === undefined ? cancelled : answered({ ...attempt, route: true, own });
  },
  resolve: async (name, family, signal) => {
    if (signal?.aborted) return cancelled;
    try {
      const found = await lookup(name, { all: true, family: family === "IPv6" ? 6 : 4 });
      return answered({ addresses: found.map(({ address }) => address) });
    } catch (error) {
      return answered({ addresses: [], error: codeOf(error) });
    }
  },
};

const cancelled = refused("cancelled", "it was cancelled");

/**
 * What the kernel says of the way without a packet: connect() of a datagram socket looks the route up and sends nothing. undefined:
 * there is one. {@link https://man7.org/linux/man-pages/man7/udp.7.html}
 */
function routeTo(family: Family, host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket(family === "IPv6" ? "udp6" : "udp4");
    const end = (error?: unknown) => {
      socket.removeAllListeners();
      socket.on("error", () => {});
      socket.close();
      resolve(error === undefined || error === null ? undefined : codeOf(error));
    };
    socket.once("error", end);
    try {
      socket.connect(port, host, end as () => void);
    } catch (error) {
      end(error);
    }
  });
}

function dialled(
  { host, port, ms: limit }: { readonly host: string; readonly port: number; readonly ms: number },
  signal: AbortSignalLike | undefined,
): Promise<Pick<HereAttempt, "ok" | "ms" | "text"> | undefined> {
  return new Promise((resolve) => {
    const begun = performance.now();
    const socket = connect({ host, port, family: isIPv6(host) ? 6 : 4, autoSelectFamily: false });
    const end = (came: { readonly ok: boolean; readonly text: string } | undefined) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      socket.removeAllListeners();
      socket.on("error", () => {});
      socket.destroy();
      resolve(came && { ...came, ms: Math.round(performance.now() - begun) });
    };
    const onAbort = () => end(undefined);
    const timer = setTimeout(() => end({ ok: false, text: "" }), limit);
    signal?.addEventListener("abort", onAbort);
    socket.once("connect", () => end({ ok: true, text: "" }));
    socket.once("error", (error) => end({ ok: false, text: codeOf(error) }));
  });
}

/** An address that others may know: a machine without IPv6 has ::1 and the addresses of its own links all the same. */
function hasOwn(family: Family): boolean {
  return Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .some((one) => one.family === family && !one.internal && !/^(fe[89ab]|169\.254\.)/i.test(one.address));
}

function codeOf(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  return typeof code === "string" ? code : String(message ?? error);
}
