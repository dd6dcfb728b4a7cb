// What a kind of document is: its schema, and what a schema cannot say.
import type { z } from "zod";
import type { Finding } from "../documents/checking/validateJson.ts";
import { map, schemaName } from "./fields.ts";

export interface DocumentKind<S extends z.ZodObject = z.ZodObject> {
  /** The form, with titles and units. */
  readonly schema: S;
  /** What people call such a document, with its article. */
  readonly called: string;
  /** The list that makes it long, where there is one: its items are held against the schema one by one. */
  readonly list?: string;
  /** What is wrong with a document that the schema allows, one by one, so that a reader can stop early. */
  findings?(document: z.output<S>): Iterable<Finding>;
}

type Fields = z.core.$ZodLooseShape;

/** What fields hold. */
export type ContentOf<F extends Fields> = z.output<z.ZodObject<F>>;

/** A kind of document without its schema, of which the fields are the rest. */
interface Described<F extends Fields> extends Pick<DocumentKind, "called" | "list"> {
  readonly title: string;
  readonly description: string;
  readonly fields: F;
  findings?(document: ContentOf<F>): Iterable<Finding>;
}

/** The kind of document whose schema is called `faultline/NAME@1`. */
export const documentKind = <const N extends string, F extends Fields>(
  name: N,
  { title, description, fields, ...rest }: Described<F>,
) => ({ ...rest, schema: map({ schema: schemaName(name), ...fields }, title, description) });
