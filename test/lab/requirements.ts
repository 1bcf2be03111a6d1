import { existsSync } from "node:fs";
import { run } from "./run.ts";

/** Programs a lab runs, and the Debian package each is in. */
const programs: Record<string, string> = {
  ip: "iproute2",
  bridge: "iproute2",
  iptables: "iptables",
  ip6tables: "iptables",
  nft: "nftables",
  busybox: "busybox-static",
  nsenter: "util-linux",
  unshare: "util-linux",
  sysctl: "procps",
  dash: "dash",
  bash: "bash",
  ldd: "libc-bin",
  perl: "perl-base",
  tcpdump: "tcpdump",
};

/** The Debian packages a lab misses on this machine; none where it can run. */
export function missingPackages(): string[] {
  const places = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];
  const missing = Object.entries(programs).filter(
    ([program]) => !places.some((place) => existsSync(`${place}/${program}`)),
  );
  return [...new Set(missing.map(([, name]) => name))];
}

/** Why a lab cannot run here, in a sentence; undefined where it can. Network namespaces are tried, not guessed at. */
export async function whyNoLab(): Promise<string | undefined> {
  if (process.platform !== "linux") return "a lab is made of Linux network namespaces";
  if (process.getuid?.() !== 0) return "a lab needs root: it makes network namespaces";
  const missing = missingPackages();
  if (missing.length > 0) return `a lab needs packages that are not installed: apt-get install ${missing.join(" ")}`;
  const tried = await run([
    "unshare",
    "--net",
    "--mount",
    "--pid",
    "--fork",
    "ip",
    "link",
    "add",
    "br0",
    "type",
    "bridge",
  ]);
  return tried.code === 0 ? undefined : `network namespaces cannot be made here: ${tried.stderr.trim()}`;
}
