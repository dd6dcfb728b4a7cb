// The state of the playground as the part of an address after #, and back. What comes from an address is data: it is cut where it is too
// long, checked field by field, and never run or put into a page as markup.

/** What a visitor sees, without what can be computed from it. */
export interface PlayState {
  /** Name of the preset that it began with. */
  readonly preset: string;
  /** The scenario as text, where it is not that of the preset. */
  readonly text?: string;
  /** Name of the preset that stands beside it. */
  readonly beside?: string;
  readonly seed?: string;
  /** Number of the replication that is shown, an integer >= 0. */
  readonly replication?: number;
  /** Values that sliders have set, by path. */
  readonly set: Readonly<Record<string, number>>;
}

/** An address that says nothing that can be shown, in a sentence for people. */
export class AddressError extends Error {}

/** Characters of an address: what mail and chat let through. */
const MOST_CHARACTERS = 32_768;
/** Bytes of a scenario: those of any file. */
const MOST_BYTES = 1_000_000;
const MOST_SLIDERS = 64;
const NAME = /^[a-z][a-z0-9-]{0,63}$/;
const PATH = /^[A-Za-z_][\w-]*(\.[\w-]+)*$/;
const SEED = /^[\w .:-]{1,64}$/;

/** The text after #, without it: `centralized?models.base.errorRate=0.12`. @throws AddressError where it would be too long */
export async function addressOf(state: PlayState): Promise<string> {
  const { preset, text, beside, seed, replication, set } = state;
  const fields = new URLSearchParams();
  for (const [path, value] of Object.entries(set)) fields.set(path, String(value));
  if (beside !== undefined) fields.set("~beside", beside);
  if (seed !== undefined) fields.set("~seed", seed);
  if (replication !== undefined) fields.set("~run", String(replication));
  if (text !== undefined) fields.set("~text", await packed(text));
  const more = fields.toString();
  const address = more === "" ? preset : `${preset}?${more}`;
  if (address.length > MOST_CHARACTERS)
    throw new AddressError("the scenario is too long for a link: download it instead");
  return address;
}

/** @param address with or without its # @throws AddressError */
export async function stateOf(address: string): Promise<PlayState> {
  if (address.length > MOST_CHARACTERS + 1) throw new AddressError("the link is too long");
  const [preset, more = ""] = splitAt(address.replace(/^#/, ""), "?");
  if (!NAME.test(preset)) throw damaged();
  const fields = new URLSearchParams(more);
  const set: Record<string, number> = {};
  for (const [path, value] of fields) {
    if (path.startsWith("~")) continue;
    const number = Number(value);
    if (!PATH.test(path) || value.trim() === "" || !Number.isFinite(number)) throw damaged();
    Object.defineProperty(set, path, { value: number, enumerable: true, configurable: true });
  }
  if (Object.keys(set).length > MOST_SLIDERS) throw damaged();
  const text = fields.get("~text");
  return {
    preset,
    ...(text !== null && { text: await unpacked(text) }),
    ...field(fields, "~beside", "beside", NAME),
    ...field(fields, "~seed", "seed", SEED),
    ...replicationOf(fields.get("~run")),
    set,
  };
}

const damaged = () => new AddressError("the link is damaged: part of it may be missing");

function splitAt(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function field<K extends string>(
  fields: URLSearchParams,
  name: string,
  key: K,
  form: RegExp,
): { readonly [P in K]?: string } {
  const value = fields.get(name);
  if (value === null) return {};
  if (!form.test(value)) throw damaged();
  return { [key]: value } as { readonly [P in K]?: string };
}

function replicationOf(text: string | null): { readonly replication?: number } {
  if (text === null) return {};
  const replication = Number(text);
  if (!/^\d+$/.test(text) || replication >= 2 ** 32) throw damaged();
  return { replication };
}

// ---------------------------------------------------------------- texts

async function packed(text: string): Promise<string> {
  const bytes = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return base64url(await gathered(bytes, MOST_BYTES));
}

async function unpacked(text: string): Promise<string> {
  const bytes = bytesOf(text);
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const all = await gathered(stream, MOST_BYTES);
    return new TextDecoder("utf-8", { fatal: true }).decode(all);
  } catch (error) {
    throw error instanceof AddressError ? error : damaged();
  }
}

/** Reads a stream to its end, or until it is longer than it may be: a kilobyte of an address can become a gigabyte. */
async function gathered(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > most) {
      await reader.cancel();
      throw new AddressError("the scenario in the link is too long");
    }
    parts.push(part.value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function base64url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]*$/.test(text)) throw damaged();
  try {
    const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
  } catch {
    throw damaged();
  }
}
