import { joinHostPort } from "../addresses/host-port.ts";
import type { Attempt, Want } from "../probing/bundle.ts";
import { type ExecProbe, vantageName } from "../probing/probe.ts";
import type { DialArgs } from "./dial.ts";

/** Bytes: as large as the largest request whose size is tried. */
const bytes = 4000;

/**
 * A large HTTP request in small packets. If it is answered, and the same bytes in large packets are not, it is the path that is
 * too narrow; a server that is silent on large requests is silent on this one too.
 */
export const probe: ExecProbe<DialArgs, Attempt> = {
  id: "small-pieces",
  access: "exec",
  vantage: ({ at }) => at,
  asks: ({ at, family, host, port }) =>
    `an HTTP request of ${bytes} bytes in small packets over ${family} from ${vantageName(at)} to ${joinHostPort(host, port)}`,
  types: ({ host, port }) => [
    "python3",
    "-c",
    `import socket; s=socket.socket(socket.AF_INET6); s.setsockopt(6, 2, 900); s.connect(("${host}", ${port})); s.send(b"GET / HTTP/1.0\\r\\nX-Pad: " + b"x" * ${bytes} + b"\\r\\n\\r\\n"); print(s.recv(99))`,
  ],
  wants: (args) => [want(args)],
  read: (reading, args) => reading.attempt(want(args)),
  line: ({ ok, text, ms }) => (ok ? `${text} in ${ms} ms` : `no response (${text || `nothing in ${ms} ms`})`),
};

function want({ host, port, seconds, haste }: DialArgs): Want {
  return { op: "http", host, port, seconds, ...(haste === undefined ? {} : { haste }), bytes, pieces: true };
}
