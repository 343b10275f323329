/** Returns a number with its thousands apart, such as 1,204. */
export const number = (value: number) => value.toLocaleString("en");

/** Returns a number with its noun, such as "1 appointment" or "1,204 appointments". */
export const counted = (value: number, one: string, many: string) => `${number(value)} ${value === 1 ? one : many}`;
