/**
 * Takes one measurement of one contestant in a process of its own, and prints it. Called by run.mjs:
 *
 *     measure.cjs <contestant's file> <measurement> <url of the server>
 *
 * Every answer is looked at, timed or not: a contestant that did not decode what was served has no figure.
 */

// Before anything is loaded: what the interpreter itself takes is nobody's figure.
const started = process.cpuUsage();

const IN_FLIGHT = 64;
const FLIGHT_MS = 1000;
const SMALL_ANSWERS = ['29.18202293', '+447700900000'];

const [, , file, measurement, url] = process.argv;

function cpuMicros(since) {
  const { user, system } = process.cpuUsage(since);
  return user + system;
}

async function search(contestant, client) {
  const numbers = await contestant.search(client);
  const last = numbers.at(-1);
  if (numbers.length === 100 && String(contestant.phone(last)).replace('+', '') === '447700900099') return;
  throw new Error(`the search gave ${numbers.length} numbers, the last ${JSON.stringify(last)}; served were 100`);
}

async function small(contestant, client) {
  const answer = await contestant.smallCall(client);
  if (!SMALL_ANSWERS.includes(answer)) throw new Error(`the small call gave ${answer}, which was not served`);
}

/** CPU of one call; what is called often is compiled before it is timed. */
async function perCall(call, calls) {
  for (let warm = 0; warm < calls / 2; warm += 1) await call();
  const before = process.cpuUsage();
  for (let done = 0; done < calls; done += 1) await call();
  return cpuMicros(before) / calls;
}

/** Calls per second with so many under way at once; the first second is for warming up. */
async function flight(call) {
  let calls = 0;
  const until = async (end) => {
    while (performance.now() < end) {
      await call();
      calls += 1;
    }
  };
  for (const counted of [false, true]) {
    const begin = performance.now();
    calls = 0;
    await Promise.all(Array.from({ length: IN_FLIGHT }, () => until(begin + FLIGHT_MS)));
    if (counted) return (calls / (performance.now() - begin)) * 1000;
  }
}

const measurements = {
  async load(contestant) {
    contestant.makeClient(url);
    return cpuMicros(started);
  },
  async first(contestant) {
    await small(contestant, contestant.makeClient(url));
    return cpuMicros(started);
  },
  async search(contestant) {
    const client = contestant.makeClient(url);
    return perCall(() => search(contestant, client), 1000);
  },
  async small(contestant) {
    const client = contestant.makeClient(url);
    return perCall(() => small(contestant, client), 3000);
  },
  async flight(contestant) {
    const client = contestant.makeClient(url);
    return flight(() => small(contestant, client));
  },
};

Promise.resolve(file).then(require).then(measurements[measurement]).then(
  (figure) => {
    console.log(figure);
    // Connections that are kept would keep the process.
    process.exit();
  },
  (problem) => {
    console.error(String(problem.message).split('\n', 1)[0]);
    process.exit(1);
  },
);
