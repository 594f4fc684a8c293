/** A journal in a folder, by the addon. */

import type { Binding, DirectoryCore } from './binding.js';
import { unsupported } from './failure.js';
import { NotRecorded, type SharedJournal } from './journal.js';

const NEEDS_ADDON =
  'a journal in a folder needs the addon, which is not loaded here: leave out `wasm`, install the addon of this ' +
  'platform, or pass an object with record(line)';

/** What the addon says names the file, and may be shown. */
function shown(problem: Error): never {
  throw new NotRecorded(problem.message);
}

const open = new Set<WeakRef<DirectoryCore>>();
let watched = false;

/** The program of a process that ends in good order has heard of what it bought: nobody is to tell it again. */
function closeAll(): void {
  for (const directory of open) directory.deref()?.close();
}

/** Opens it, and makes it where there is none. The name is never used twice. */
export async function openDirectory({ Directory }: Binding, folder: string, name: string): Promise<SharedJournal> {
  if (!Directory) throw unsupported(NEEDS_ADDON);
  const directory: DirectoryCore = await Directory.open(folder, name).catch(shown);
  if (!watched) process.once('exit', closeAll);
  watched = true;
  const known = new WeakRef(directory);
  open.add(known);
  return {
    record: (line) => directory.record(line).catch(shown),
    consult: (question) => directory.consult(question as string).catch(shown),
    close: () => {
      open.delete(known);
      directory.close();
    },
  };
}
