/** The table: a row for each measurement, under it how many times better Trunkline is; at its end, what is held. */

export const OURS = 'trunkline';
const PEERS = ['vonage', 'sinch', 'telnyx', 'twilio', 'fetch', 'undici'];
const SLOWER = ['vonage', 'twilio', 'telnyx'];
const WIDTH = 11;

const atMost = (limit) => (row) => row[OURS] <= limit;
const lessThan = (names) => (row) => names.every((name) => row[OURS] < row[name]);
const moreThan = (names) => (row) => names.every((name) => row[OURS] > row[name]);

/**
 * `scale` and `decimals`: how a figure is printed. `against`: without whose figures nobody can say whether the line is
 * held. `more`: more is better.
 */
export const MEASUREMENTS = [
  { key: 'load', label: 'require, construct, CPU ms', scale: 1e-3, decimals: 1, hold: '10 ms', held: atMost(10_000) },
  { key: 'first', label: 'that and a call, CPU ms', scale: 1e-3, decimals: 1 },
  {
    key: 'search',
    label: 'search of 100, CPU µs',
    hold: 'less than vonage, twilio, telnyx',
    held: lessThan(SLOWER),
    against: SLOWER,
  },
  {
    key: 'small',
    label: 'small call, CPU µs',
    hold: "at most sinch's",
    held: (row) => row[OURS] <= row.sinch,
    against: ['sinch'],
  },
  {
    key: 'flight',
    label: '64 in flight, calls/s',
    hold: 'more than any',
    held: moreThan(PEERS),
    against: PEERS,
    more: true,
  },
  { key: 'addon', label: 'addon, MB', scale: 1e-6, decimals: 1, hold: '3 MB', held: atMost(3e6) },
  { key: 'tarballs', label: 'tarballs, MB', scale: 1e-6, decimals: 1, hold: '4 MB', held: atMost(4e6) },
  { key: 'installed', label: 'installed, MB', scale: 1e-6, decimals: 1, hold: '6 MB', held: atMost(6e6) },
  { key: 'packages', label: 'packages installed', hold: 'itself, its addon, 1', held: atMost(3) },
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

function verdict({ key, hold, held, against = [] }, row, failed) {
  if (hold === undefined) return '';
  const known = OURS in row && ![OURS, ...against].some((name) => failedAt(failed, name, key));
  if (!known) return `${hold}: not known`;
  return `${hold}: ${held(row) ? 'held' : 'NOT HELD'}`;
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
