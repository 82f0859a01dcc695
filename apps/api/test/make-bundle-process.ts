import { readFile } from 'node:fs/promises'
import { createLocalStore } from '../src/adapters/local-store.ts'
import { createCrypto, sha256 } from '../src/core/crypto.ts'
import { makeBundle } from '../src/modules/builds/make-bundle.ts'

/** A process of its own that makes one bundle and prints what it made. `argv[2]`: a file with the build's inputs. */
const { root, build, files } = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8'))
const store = createLocalStore({ root, crypto: createCrypto([Buffer.alloc(32, 7)]), publicOrigin: 'http://localhost' })
const bundle = await makeBundle(store, build, files)
const facts = {
  year: new Date().getFullYear(),
  offsetMinutes: new Date(2026, 0, 1).getTimezoneOffset(),
  folder: process.cwd(),
  digest: bundle.manifest.digest,
  files: Object.fromEntries(bundle.files.map((file) => [file.path, sha256(file.bytes)])),
}
console.log(JSON.stringify(facts))
