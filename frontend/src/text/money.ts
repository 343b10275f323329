const locale = "en";
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string): Intl.NumberFormat {
  const known = formats.get(currency) ?? new Intl.NumberFormat(locale, { style: "currency", currency });
  formats.set(currency, known);
  return known;
}

/** Returns how many decimals amounts of a currency have: 2 for USD, 0 for JPY. */
export function decimalsOf(currency: string): number {
  return formatOf(currency).resolvedOptions().maximumFractionDigits ?? 0;
}

/** Returns an amount given in whole minor units, such as $1,204.50 for 120450 USD. */
export function money(cents: number, currency: string): string {
  return formatOf(currency).format(cents / 10 ** decimalsOf(currency));
}

/** Returns an amount in short, such as $1.2K, for the axis of a chart. */
export function roughMoney(cents: number, currency: string): string {
  const short = { notation: "compact", minimumFractionDigits: 0, maximumFractionDigits: 1 } as const;
  return majorUnits(cents, currency).toLocaleString(locale, { style: "currency", currency, ...short });
}

/** Returns an amount as a bare number with its decimals, such as 1204.50. */
export function decimalMoney(cents: number, currency: string): string {
  return majorUnits(cents, currency).toFixed(decimalsOf(currency));
}

/** Returns an amount as it is typed, in major units: 45.5 for 4550 USD. */
export function majorUnits(cents: number, currency: string): number {
  return cents / 10 ** decimalsOf(currency);
}

/** Returns the whole minor units of what was typed. */
export function minorUnits(amount: number, currency: string): number {
  return Math.round(amount * 10 ** decimalsOf(currency));
}

/** The most that one payment can be, in minor units of any currency. */
export const MOST_CENTS = 2_147_483_647;

/** Returns an amount without needless decimals, such as $49 or $49.50. */
export function plainMoney(cents: number, currency: string): string {
  const short = { trailingZeroDisplay: "stripIfInteger" } as const;
  return majorUnits(cents, currency).toLocaleString(locale, { style: "currency", currency, ...short });
}
