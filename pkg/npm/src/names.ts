/** Names are snake_case in the core and its JSON, camelCase here. */

/** `pricing_id` as `pricingId`; of a path, each of its names. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `insufficient_funds` as `InsufficientFunds`. */
export function pascalCase(name: string): string {
  return camelCase(`_${name}`);
}
