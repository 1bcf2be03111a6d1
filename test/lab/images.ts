import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { cacheDirectory } from "./plan.ts";
import { must } from "./run.ts";

/** What an image offers besides the pod's own server, which every image has as /httpd. */
interface Image {
  /** The name the API shows. */
  reference: string;
  /** True where busybox and all its applets are on the PATH. */
  applets: boolean;
  /** Programs copied from this machine, with their libraries. */
  programs: string[];
}

/**
 * The images pods run. `agnhost` and `netshoot` are what people look around with. `busybox` has sh, cat, nc, wget; `bash` dials with /dev/tcp only; `dash` reads files but cannot
 * dial; `node` dials with node; `distroless` has nothing but its own server; `flannel`, `calico` and `cilium` are the CNI agents
 * with the tools theirs carry; `kube-proxy` has what its image (distroless-iptables) has; `coredns` is only its server.
 */
export const images: Record<string, Image> = {
  busybox: { reference: "docker.io/library/busybox:1.37", applets: true, programs: [] },
  bash: {
    reference: "docker.io/library/debian:12-slim",
    applets: false,
    programs: ["bash", "dash", "cat", "ls", "sleep", "env", "head", "true", "false", "timeout"],
  },
  dash: { reference: "registry.example/dash:1", applets: false, programs: ["dash", "cat"] },
  node: { reference: "docker.io/library/node:24-slim", applets: false, programs: ["dash", "cat", "node"] },
  distroless: { reference: "gcr.io/distroless/static-debian12:latest", applets: false, programs: [] },
  flannel: {
    reference: "ghcr.io/flannel-io/flannel:v0.27.4",
    applets: true,
    programs: ["ip", "ip6tables", "iptables"],
  },
  calico: {
    reference: "docker.io/calico/node:v3.31.2",
    applets: false,
    programs: ["bash", "dash", "cat", "ls", "sleep", "head", "ip", "ip6tables", "iptables"],
  },
  cilium: {
    reference: "quay.io/cilium/cilium:v1.17.1",
    applets: false,
    programs: ["bash", "dash", "cat", "ls", "sleep", "head", "ip", "ip6tables", "iptables"],
  },
  "kube-proxy": {
    reference: "registry.k8s.io/kube-proxy:v1.36.0",
    applets: false,
    programs: ["dash", "cat", "grep", "sleep", "wc", "ip6tables", "iptables", "nft"],
  },
  agnhost: { reference: "registry.k8s.io/e2e-test-images/agnhost:2.53", applets: true, programs: ["bash"] },
  netshoot: {
    reference: "docker.io/nicolaka/netshoot:v0.15",
    applets: true,
    programs: ["bash", "ip", "ip6tables", "iptables", "nft", "tcpdump"],
  },
  coredns: { reference: "registry.k8s.io/coredns/coredns:v1.13.1", applets: false, programs: [] },
};

const directories = [
  "bin",
  "usr/bin",
  "usr/sbin",
  "sbin",
  "etc",
  "proc",
  "sys",
  "dev",
  "tmp",
  "run/pod",
  "www",
  "root",
  "lib",
  "lib64",
];

/** The image a pod's author means, by repository; undefined for one that no registry of the lab has. */
export function imageCalled(reference: string): string | undefined {
  const repository = (text: string) =>
    text
      .replace(/@.*$/, "")
      .replace(/:[^:/]*$/, "")
      .replace(/^docker\.io\/(library\/)?/, "");
  return Object.keys(images).find((name) => repository(images[name]?.reference ?? "") === repository(reference));
}

/** Builds the root directory of every image a lab needs under `directory`; `more` leaves alone what is there. */
export async function buildImages(
  directory: string,
  names: Iterable<string>,
  more = false,
  scripts: Record<string, Record<string, string>> = {},
): Promise<void> {
  // All names are looked up before the first image is begun, so that a wrong one leaves nothing half made.
  const wanted = [...new Set(names)].map((name) => ({ name, image: images[name] }));
  for (const { name, image } of wanted)
    if (!image) throw new Error(`no image named ${name}; there are ${Object.keys(images).join(", ")}`);
  const open = wanted.filter(({ name }) => !more || !existsSync(join(directory, name)));
  mkdirSync(directory, { recursive: true });
  const kept = await Promise.all(open.map(({ name, image }) => image && keptImage(image, name)));
  if (open.length > 0) await must(["cp", "-a", "--reflink=auto", ...kept.flatMap((each) => each ?? []), directory]);
  for (const { name } of open)
    for (const [program, text] of Object.entries(scripts[name] ?? {}))
      writeFileSync(join(directory, name, "usr/bin", program), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
}

/** Where an image lies ready to be copied: it is made of this machine's programs once, and anew when one of them changed. */
async function keptImage(image: Image, name: string): Promise<string> {
  const places = ["busybox", ...image.programs].map((program) =>
    program === "node" ? process.execPath : which(program),
  );
  const programs = places.map((path) => [realpathSync(path), statSync(path).mtimeMs]);
  const key = createHash("sha256").update(`${readFileSync(import.meta.filename)}${JSON.stringify(programs)}`);
  const kept = join(cacheDirectory, key.digest("hex").slice(0, 16), name);
  if (existsSync(kept)) return kept;
  // Others may be making the same: whoever is ready first has made it.
  mkdirSync(dirname(kept), { recursive: true });
  const own = mkdtempSync(`${kept}-`);
  chmodSync(own, 0o755);
  await buildImage(own, image, name);
  try {
    renameSync(own, kept);
  } catch (error) {
    rmSync(own, { recursive: true });
    if (!existsSync(kept)) throw error;
  }
  return kept;
}

async function buildImage(root: string, image: Image, name: string): Promise<void> {
  for (const path of directories) mkdirSync(join(root, path), { recursive: true });
  for (const file of ["hosts", "hostname"]) writeFileSync(join(root, "etc", file), "");
  symlinkSync("/run/pod/resolv.conf", join(root, "etc/resolv.conf"));
  // Debian's tcpdump becomes a user of its own once it listens.
  writeFileSync(
    join(root, "etc/passwd"),
    `root:x:0:0:root:/root:/bin/sh
nobody:x:65534:65534:nobody:/:/bin/sh
tcpdump:x:103:65534::/:/bin/sh
`,
  );
  for (const device of ["null", "zero", "urandom"]) await copyDevice(join(root, "dev"), device);
  writeFileSync(join(root, "www/index.html"), `hello from ${name}\n`);
  writeFileSync(join(root, "www/big"), "x".repeat(200_000));
  if (name === "agnhost") addAgnhost(root);
  const busybox = which("busybox");
  // busybox decides by the name it is called by what it is.
  copyFileSync(busybox, join(root, "httpd"));
  for (const applet of ["sleep", "dd"]) linkSync(join(root, "httpd"), join(root, applet));
  if (image.applets) await linkApplets(root, busybox);
  for (const program of image.programs) await copyProgram(root, program);
}

/** Of agnhost's own program what says the container's name to whoever asks: serve-hostname, on every address there is. */
function addAgnhost(root: string): void {
  const program = `#!/bin/sh
[ "$1" = serve-hostname ] || { echo "unknown command $1"; exit 1; }
exec /httpd -f -p "[::]:\${2#--port=}" -h /srv
`;
  writeFileSync(join(root, "agnhost"), program, { mode: 0o755 });
  mkdirSync(join(root, "srv"));
  symlinkSync("/etc/hostname", join(root, "srv/index.html"));
}

async function copyDevice(directory: string, name: string): Promise<void> {
  if (!existsSync(join(directory, name))) await must(["cp", "-a", `/dev/${name}`, directory]);
}

async function linkApplets(root: string, busybox: string): Promise<void> {
  const applets = await must([busybox, "--list"]);
  linkSync(join(root, "httpd"), join(root, "bin/busybox"));
  for (const applet of applets.trim().split("\n"))
    if (applet !== "busybox") linkSync(join(root, "httpd"), join(root, "bin", applet));
}

/** Copies a program and what `ldd` says it loads; dash is also /bin/sh. */
async function copyProgram(root: string, program: string): Promise<void> {
  const path = program === "node" ? process.execPath : which(program);
  const target = join(root, "usr/bin", program);
  if (!existsSync(target)) copyFileSync(realpathSync(path), target);
  if (program === "dash" && !existsSync(join(root, "bin/sh"))) symlinkSync("../usr/bin/dash", join(root, "bin/sh"));
  const extensions = program.endsWith("tables") ? copyExtensions(root, program) : [];
  const libraries = (await must(["ldd", path, ...extensions])).matchAll(/(\/\S+) \(0x/g);
  for (const [, library = ""] of libraries) copyOnce(root, library);
}

function copyOnce(root: string, path: string): void {
  const target = join(root, path);
  if (existsSync(target)) return;
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(realpathSync(path), target);
}

/** Copies the matches and targets iptables loads by name, and returns them; the program looks at the name it is called by. */
function copyExtensions(root: string, program: string): string[] {
  const save = join(root, "usr/bin", `${program}-save`);
  if (!existsSync(save)) linkSync(join(root, "usr/bin", program), save);
  const places = ["x86_64-linux-gnu", "aarch64-linux-gnu", "."].map((triplet) => join("/usr/lib", triplet, "xtables"));
  const from = places.find((place) => existsSync(place));
  if (from === undefined) return [];
  cpSync(from, join(root, from), { recursive: true, force: false });
  return ["libxt_statistic.so", "libxt_conntrack.so"]
    .map((name) => join(from, name))
    .filter((path) => existsSync(path));
}

/** Where a program is on this machine; throws when it is missing. */
export function which(program: string): string {
  for (const directory of ["/usr/sbin", "/usr/bin", "/sbin", "/bin"]) {
    const path = join(directory, program);
    if (existsSync(path)) return path;
  }
  throw new Error(`${program} is not installed`);
}
