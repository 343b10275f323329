/** Returns a number with its thousands apart, such as 1,204. */
export const number = (value: number) => value.toLocaleString("en");

/** Returns a number with its noun, such as "1 appointment" or "1,204 appointments". */
export const counted = (value: number, one: string, many: string) => `${number(value)} ${value === 1 ? one : many}`;

/** Returns a number with at most one decimal, such as 6.4. */
export const roughly = (value: number) => value.toLocaleString("en", { maximumFractionDigits: 1 });

/** Returns a share of a hundred, such as 8.8%. */
export const percent = (value: number) => `${value.toLocaleString("en", { maximumFractionDigits: 1 })}%`;
