import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../cli/cli.ts";
import { bundled, root } from "../support/bundled.ts";

const web = `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ipFamilyPolicy: PreferDualStack
  ipFamilies: [IPv4, ipv6]
`;

test("kube-ipv6 lsp answers a client that says nothing but what the protocol asks for", async (t) => {
  const child = spawn(process.execPath, [bundled("cli.cjs"), "lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  t.after(() => child.kill());
  const said = new Promise<string>((resolve) => {
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (chunk) => {
      text += chunk;
      if (text.includes("service-ip-families")) resolve(text);
    });
    child.once("close", () => resolve(text));
  });
  const send = (message: object) => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  send({ id: 1, method: "initialize", params: { processId: process.pid, rootUri: null, capabilities: {} } });
  send({ method: "initialized", params: {} });
  const textDocument = { uri: "file:///web.yaml", languageId: "yaml", version: 1, text: web };
  send({ method: "textDocument/didOpen", params: { textDocument } });
  assert.match(await said, /publishDiagnostics[\s\S]*service-ip-families/);
  const closed = new Promise((resolve) => child.once("close", resolve));
  send({ id: 2, method: "shutdown" });
  send({ method: "exit" });
  assert.equal(await closed, 0);
});

const nvim = spawnSync("nvim", ["--version"], { encoding: "utf8" }).stdout?.split("\n")[0];

test("Neovim, told what docs/editors.md says, shows the findings, their fixes and a hover", {
  skip: nvim ? false : "nvim is not installed",
  timeout: 120_000,
}, (t) => {
  const cwd = folder(t, { "web.yaml": web });
  mkdirSync(join(cwd, "bin"));
  chmodSync(bundled("cli.cjs"), 0o755);
  symlinkSync(bundled("cli.cjs"), join(cwd, "bin/kube-ipv6"));
  const blocks = [...readFileSync(join(root, "docs/editors.md"), "utf8").matchAll(/```lua\n([\s\S]*?)```/g)];
  const [, minor = "0"] = /v0\.(\d+)/.exec(nvim ?? "") ?? [];
  const [, told = ""] = blocks[Number(minor) >= 11 ? 0 : 1] ?? [];
  writeFileSync(join(cwd, "init.lua"), `${told}\n${asks}`);
  const { stdout, stderr } = spawnSync("nvim", ["--headless", "-n", "-u", "init.lua", "web.yaml"], {
    cwd,
    encoding: "utf8",
    input: "",
    env: {
      ...process.env,
      HOME: cwd,
      XDG_STATE_HOME: cwd,
      XDG_CACHE_HOME: cwd,
      PATH: `${join(cwd, "bin")}:${join(root, "node_modules/.bin")}:${process.env.PATH}`,
    },
  });
  const answer = /ANSWER (.*)/.exec(`${stdout}${stderr}`)?.[1];
  assert.ok(answer, `${stdout}${stderr}`);
  const { diagnostics, actions, hover } = JSON.parse(answer);
  assert.deepEqual(
    diagnostics.map(({ lnum, col, code }: Record<string, unknown>) => [lnum, col, code]),
    [[6, 21, "service-ip-families"]],
  );
  assert.ok(actions.includes("Write IPv6"), `${actions}`);
  assert.match(hover, /family/i);
});

/** Waits for the findings, asks for the fixes and the hover at the first, prints all of it and leaves. */
const asks = `
vim.cmd("filetype on")
vim.api.nvim_create_autocmd("VimEnter", { callback = function() vim.schedule(function()
  local found = function() return #vim.diagnostic.get(0) > 0 end
  vim.wait(60000, found, 50)
  local at = vim.diagnostic.get(0)[1]
  local diagnostics = {}
  for _, one in ipairs(vim.diagnostic.get(0)) do
    table.insert(diagnostics, { lnum = one.lnum, col = one.col, code = one.code or one.user_data.lsp.code })
  end
  local document = vim.lsp.util.make_text_document_params(0)
  local place = { line = at.lnum, character = at.col }
  local ask = function(method, params)
    for _, answer in pairs(vim.lsp.buf_request_sync(0, method, params, 60000) or {}) do return answer.result end
  end
  local lsp = { range = { start = place, ["end"] = place }, message = at.message, severity = at.severity, code = diagnostics[1].code, source = at.source }
  local actions = ask("textDocument/codeAction", { textDocument = document, range = lsp.range, context = { diagnostics = { lsp } } })
  local titles = {}
  for _, one in ipairs(actions or {}) do table.insert(titles, one.title) end
  local hover = ask("textDocument/hover", { textDocument = document, position = { line = at.lnum, character = 4 } })
  local text = hover and (hover.contents.value or hover.contents) or ""
  io.stdout:write("ANSWER " .. vim.json.encode({ diagnostics = diagnostics, actions = titles, hover = text }) .. "\\n")
  vim.cmd("qall!")
end) end })
`;
