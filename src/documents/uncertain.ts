// The forms in which an uncertain number is written, as far as files have to be told from other maps by them.

/** Forms with two numbers, and what these are. */
export const PAIRS = {
  beta: ["successes", "failures"],
  normal: ["mean", "standard deviation"],
  lognormal: ["mean", "standard deviation"],
  uniform: ["low", "high"],
} as const;

export type PairForm = keyof typeof PAIRS;

export const PAIR_FORMS = Object.keys(PAIRS) as PairForm[];

/** Keys of all forms. */
export const FORM_KEYS: readonly string[] = ["value", "interval", ...PAIR_FORMS];

/**
 * Whether a plain value is an uncertain number, well written or not. The keys alone do not tell, since models and parameters may be
 * called beta: so what stands under them has to be a list of amounts.
 */
export function isUncertain(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length > 0 &&
    entries.every(([key]) => FORM_KEYS.includes(key)) &&
    entries.some(([key, part]) => key !== "value" && isAmounts(part))
  );
}

const isAmounts = (list: unknown) =>
  Array.isArray(list) &&
  list.length > 0 &&
  list.every((item) => typeof item === "number" || /^\s*[$\d.+-]/.test(String(item)));

const amount = { type: ["number", "string"] };

/** JSON Schema of the forms, for editors: that a text is an amount of the field is not checked. */
export const UNCERTAIN_JSON = {
  title: "Uncertain number",
  description: "A number that is not known exactly, as a distribution.",
  anyOf: [
    formJson({ value: amount, interval: pairJson(amount) }),
    ...PAIR_FORMS.map((form) =>
      formJson({ [form]: pairJson(form === "beta" ? { type: "number" } : amount) }),
    ),
  ],
};

function pairJson(items: object): object {
  return { type: "array", items, minItems: 2, maxItems: 2 };
}

function formJson(properties: Readonly<Record<string, object>>): object {
  const required = Object.keys(properties);
  return { type: "object", properties, required, additionalProperties: false };
}
