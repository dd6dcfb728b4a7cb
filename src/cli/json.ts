// JSON as it is written for programs and for the curious.

export const jsonText = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
