/** One block of a stream of server-sent events; what it doesn't say is null. */
export interface SentBlock {
  id: string | null;
  event: string | null;
  data: string | null;
  /** Milliseconds after which to come back, once the stream is over. */
  retry: number | null;
}

/** Reads a stream of server-sent events as the HTML standard has them, block by block; one that ends early counts not. */
export async function* sentBlocks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<SentBlock> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const piece of bytes) {
    const lines = (rest + decoder.decode(piece, { stream: true })).replaceAll("\r\n", "\n");
    const blocks = lines.split("\n\n");
    rest = blocks.pop()!;
    for (const block of blocks) yield readBlock(block);
  }
}

function readBlock(text: string): SentBlock {
  const block: SentBlock = { id: null, event: null, data: null, retry: null };
  for (const line of text.split("\n")) {
    const at = line.indexOf(":");
    // A comment, which is a sign of life.
    if (at === 0) continue;
    const name = at < 0 ? line : line.slice(0, at);
    const value = at < 0 ? "" : line.slice(at + 1).replace(/^ /, "");
    if (name === "data") block.data = block.data === null ? value : `${block.data}\n${value}`;
    else if (name === "retry" && /^\d+$/.test(value)) block.retry = Number(value);
    else if (name === "id" || name === "event") block[name] = value;
  }
  return block;
}
