/** The client of the protocol's own SDK; undefined where it is not installed, as its types may not be either. */
export async function official() {
  const name = "@modelcontextprotocol/sdk/client";
  try {
    const { Client } = await import(`${name}/index.js`);
    const { StdioClientTransport } = await import(`${name}/stdio.js`);
    return { Client, Transport: StdioClientTransport };
  } catch {
    return undefined;
  }
}
