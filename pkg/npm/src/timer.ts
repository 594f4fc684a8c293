/** Timers. */

/** The longest that they take; they wrap a longer one round and fire at once. */
const LONGEST = 2 ** 31 - 1;

/** Rounded up: to wake early would only mean to wait again. */
export function after(ms: number, then: () => void): ReturnType<typeof setTimeout> {
  return setTimeout(then, Math.min(Math.max(Math.ceil(ms), 1), LONGEST));
}
