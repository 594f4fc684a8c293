/** The table: a row for each measurement, under it how many times better Trunkline is; at its end, what is held. */

export const OURS = 'trunkline';
const WIDTH = 11;

/**
 * `scale` and `decimals`: how a figure is printed. `hold`: what is to be held, by this `limit`, or by being better than
 * the contestants of `against` (where `level`, or as good). `more`: more is better.
 */
const MEASUREMENTS = [
  { key: 'load', label: 'require, construct, CPU ms', scale: 1e-3, decimals: 1, hold: '10 ms', limit: 10_000 },
  { key: 'first', label: 'that and a call, CPU ms', scale: 1e-3, decimals: 1 },
  {
    key: 'search',
    label: 'search of 100, CPU µs',
    hold: 'less than vonage, twilio, telnyx',
    against: ['vonage', 'twilio', 'telnyx'],
  },
  { key: 'small', label: 'small call, CPU µs', hold: "at most sinch's", against: ['sinch'], level: true },
  {
    key: 'flight',
    label: '64 in flight, calls/s',
    hold: 'more than any',
    against: ['vonage', 'sinch', 'telnyx', 'twilio', 'fetch', 'undici'],
    more: true,
  },
  { key: 'addon', label: 'addon, MB', scale: 1e-6, decimals: 1, hold: '3 MB', limit: 3e6 },
  { key: 'tarballs', label: 'tarballs, MB', scale: 1e-6, decimals: 1, hold: '4 MB', limit: 4e6 },
  { key: 'installed', label: 'installed, MB', scale: 1e-6, decimals: 1, hold: '6 MB', limit: 6e6 },
  { key: 'packages', label: 'packages installed', hold: 'itself, its addon, 1', limit: 3 },
];

const failedAt = (failed, name, key) => failed.has(`${name}, ${key}`) || failed.has(`${name}, everything`);

function cell({ key, scale = 1, decimals = 0 }, row, name, failed) {
  if (failedAt(failed, name, key)) return 'failed';
  if (!(name in row)) return '-';
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return (row[name] * scale).toLocaleString('en', digits);
}

function ratio({ more }, row, name) {
  if (name === OURS || !row[name] || !row[OURS]) return '';
  return `${(more ? row[OURS] / row[name] : row[name] / row[OURS]).toFixed(1)}×`;
}

/** Those of `against` that are as good as Trunkline, or better. */
function unbeaten({ against = [], more, level }, row) {
  const beaten = (name) => (more ? row[OURS] > row[name] : row[OURS] < row[name]);
  return against.filter((name) => !beaten(name) && !(level && row[OURS] === row[name]));
}

function verdict(measurement, row, failed) {
  const { key, hold, limit, against = [] } = measurement;
  if (hold === undefined) return '';
  const known = OURS in row && ![OURS, ...against].some((name) => failedAt(failed, name, key));
  if (!known) return `${hold}: not known`;
  if (limit !== undefined) return `${hold}: ${row[OURS] <= limit ? 'held' : 'NOT HELD'}`;
  const names = unbeaten(measurement, row);
  return `${hold}: ${names.length === 0 ? 'held' : `NOT HELD: ${names.join(', ')}`}`;
}

/** `figures` are by measurement, then by contestant; `failed` says why there is none. */
export function lines(names, figures, failed) {
  const line = (label, cells, end) =>
    `${label.padEnd(27)}${cells.map((text) => ` ${text}`.padStart(WIDTH)).join('')}   ${end}`.trimEnd();
  const out = [line('', names, 'hold')];
  for (const measurement of MEASUREMENTS) {
    const row = figures[measurement.key] ?? {};
    const cells = names.map((name) => cell(measurement, row, name, failed));
    out.push(line(measurement.label, cells, verdict(measurement, row, failed)));
    const ratios = names.map((name) => ratio(measurement, row, name));
    if (ratios.some(Boolean)) out.push(line('  trunkline is better', ratios, ''));
  }
  return [...out, ...[...failed].map(([what, why]) => `${what}: failed: ${why}`)];
}
