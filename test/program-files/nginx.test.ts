import assert from "node:assert/strict";
import { it } from "node:test";
import { type Directive, walk } from "#core/program-files/directive.ts";
import { parseNginx } from "#core/program-files/nginx.ts";

const text = `user nginx; # who { it is
http {
  log_format main '$remote_addr "$request" {}';
  map $http_upgrade $connection { default upgrade; '' close; }
  server {
    listen [::]:80 default_server;
    location ~ ^/(a|b)\\.php$ { return 200 "a;b{c}"; }
    set $port \${PORT};
  }
}
`;

it("an nginx configuration is read with its blocks", () => {
  assert.deepEqual(parseNginx(text).map(plain), [
    "user nginx",
    `http {log_format main $remote_addr "$request" {}; map $http_upgrade $connection {default upgrade;  close}; server {listen [::]:80 default_server; location ~ ^/(a|b)\\.php$ {return 200 a;b{c}}; set $port \${PORT}}}`,
  ]);
});

it("a directive knows the blocks it stands in", () => {
  const listen = [...walk(parseNginx(text))].find(({ directive }) => directive.name.text === "listen");
  assert.deepEqual(
    listen?.within.map(({ name }) => name.text),
    ["http", "server"],
  );
  assert.equal(text.slice(listen?.directive.name.start, listen?.directive.end), "listen [::]:80 default_server;");
});

it("half-typed files are read as far as they go", () => {
  for (let length = 0; length <= text.length; length++) parseNginx(text.slice(0, length));
  assert.deepEqual(parseNginx("server { listen 80; server_name ").map(plain), ["server {listen 80}"]);
});

function plain({ name, args, block }: Directive): string {
  const words = [name, ...args].map((word) => word.text).join(" ");
  return block ? `${words} {${block.map(plain).join("; ")}}` : words;
}
