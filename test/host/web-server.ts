import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { VSCODE } from "./install.ts";

/** VS Code as vscode.dev serves it: pages and nothing behind them, neither an extension host nor files. */
export interface WebServer {
  readonly address: string;
  /** The paths that were asked for. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

export interface WebServerOptions {
  /** The folder of the extension to run. */
  readonly extension: string;
  /** The folder whose files are the workspace; they are handed to an extension that offers them as those of a repository. */
  readonly folder: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** The scheme of the workspace, which is nobody else's. */
export const scheme = "repository";

const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".json": "application/json",
  ".html": "text/html",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(request, response, options);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { address: `http://127.0.0.1:${port}/`, asked, stop };
}

function answer({ url = "/", headers }: IncomingMessage, response: ServerResponse, options: WebServerOptions): void {
  const { pathname } = new URL(url, "http://any");
  const [, first = "", ...rest] = decodeURIComponent(pathname).split("/");
  const send = (type: string, text: string) => response.writeHead(200, { "content-type": type }).end(text);
  if (first === "") return void send("text/html", page(`http://${headers.host}`, options));
  if (first === "files" && rest[0] === "package.json") return void send("application/json", JSON.stringify(provider));
  if (first === "files" && rest[0] === "main.js") return void send("text/javascript", program(options.folder));
  const root = { static: VSCODE, extension: options.extension }[first];
  const file = root && path.join(root, ...rest);
  if (!file?.startsWith(`${root}/`) || !existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404).end();
    return;
  }
  if (pathname.endsWith("/workbench/workbench.js"))
    return void send("text/javascript", alone(readFileSync(file, "utf8")));
  response.writeHead(200, { "content-type": types[path.extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
}

/**
 * code-server takes the host of its page for a machine with an extension host, and keeps settings there. Here both are as in VS Code
 * itself: no machine, and settings in the browser.
 */
function alone(workbench: string): string {
  const changes: readonly (readonly [RegExp, string])[] = [
    [/,remoteAuthority:location\.host\}/, "}"],
    [
      /(get userRoamingDataHome\(\)\{return )\w+\((\w+)\.file\(this\.userDataPath\)\.with\(\{scheme:(\w+)\.vscodeRemote\}\),"User"\)/,
      '$1$2.file("/User").with({scheme:$3.vscodeUserData})',
    ],
  ];
  return changes.reduce((text, [before, after]) => {
    if (!before.test(text)) throw new Error(`the web workbench has changed: there is no ${before}`);
    return text.replace(before, after);
  }, workbench);
}

/** The page that VS Code ships, without what leads to a server. */
function page(address: string, { settings }: WebServerOptions): string {
  const { protocol, host } = new URL(address);
  const at = (folder: string) => ({ scheme: protocol.slice(0, -1), authority: host, path: folder });
  const configuration = {
    folderUri: { scheme, authority: "kube", path: "/workspace" },
    additionalBuiltinExtensions: [at("/files"), at("/extension")],
    webviewEndpoint: `${address}/static/out/vs/workbench/contrib/webview/browser/pre`,
    // code-server wants to be told of these.
    ...{ userDataPath: "/user-data", isEnabledFileDownloads: false, isEnabledFileUploads: false },
    isEnabledCoderGettingStarted: false,
    enableWorkspaceTrust: false,
    productConfiguration: { enableTelemetry: false, extensionsGallery: {} },
    configurationDefaults: settings,
  };
  const values: Readonly<Record<string, string>> = {
    WORKBENCH_WEB_CONFIGURATION: JSON.stringify(configuration).replaceAll("&", "&amp;").replaceAll('"', "&quot;"),
    WORKBENCH_WEB_BASE_URL: `${address}/static`,
    WORKBENCH_NLS_URL: `${address}/static/out/nls.messages.js`,
    WORKBENCH_NLS_FALLBACK_URL: `${address}/static/out/nls.messages.js`,
  };
  const template = readFileSync(path.join(VSCODE, "out/vs/code/browser/workbench/workbench.html"), "utf8");
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "");
}

const provider = {
  name: "files",
  publisher: "kube-ipv6-test",
  version: "1.0.0",
  engines: { vscode: "^1.101.0" },
  browser: "./main.js",
  activationEvents: [`onFileSystem:${scheme}`],
};

/** An extension that offers files out of memory, to be read and to be written. */
function program(folder: string): string {
  const files = (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .map((name) => [`/workspace/${name}`, readFileSync(path.join(folder, name), "utf8")]);
  return `const vscode = require("vscode");
const files = new Map(${JSON.stringify(files)}.map(([name, text]) => [name, new TextEncoder().encode(text)]));
const missing = (uri) => vscode.FileSystemError.FileNotFound(uri);
const changed = new vscode.EventEmitter();
const below = (path) => {
  const found = new Map();
  for (const name of files.keys()) if (name.startsWith(path + "/")) {
    const [first, ...rest] = name.slice(path.length + 1).split("/");
    found.set(first, rest.length === 0 ? vscode.FileType.File : vscode.FileType.Directory);
  }
  return [...found];
};
exports.activate = (context) => context.subscriptions.push(vscode.workspace.registerFileSystemProvider("${scheme}", {
  onDidChangeFile: changed.event,
  watch: () => ({ dispose() {} }),
  stat: (uri) => {
    const size = files.get(uri.path)?.length;
    if (size === undefined && below(uri.path).length === 0) throw missing(uri);
    const type = size === undefined ? vscode.FileType.Directory : vscode.FileType.File;
    return { type, ctime: 0, mtime: 0, size: size ?? 0 };
  },
  readDirectory: (uri) => below(uri.path),
  readFile: (uri) => files.get(uri.path) ?? (() => { throw missing(uri); })(),
  writeFile: (uri, bytes) => {
    const type = files.has(uri.path) ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
    files.set(uri.path, bytes);
    changed.fire([{ type, uri }]);
  },
  createDirectory() {},
  delete(uri) { files.delete(uri.path); },
  rename() {},
}, { isCaseSensitive: true }));
`;
}
