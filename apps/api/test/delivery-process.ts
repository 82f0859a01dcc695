import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createLocalStore } from '../src/adapters/local-store.ts'
import { createCrypto } from '../src/core/crypto.ts'
import { packFiles, type PackedFile } from '../src/core/pack-files.ts'

/**
 * Packs the files of a local store into one archive for a slow reader, in a process of its own, and prints how many bytes
 * came and the most memory the process ever had. Started by `downloads.test.ts`.
 */
const [root = '', list = '[]'] = process.argv.slice(2)
const crypto = createCrypto([Buffer.alloc(32, 7)])
const store = createLocalStore({ root, crypto, publicOrigin: 'http://localhost' })
let bytes = 0
const slow = new Writable({
  write(chunk: Buffer, _encoding, done) {
    bytes += chunk.length
    setImmediate(done)
  },
})
const files = JSON.parse(list) as PackedFile[]
await pipeline(Readable.from(packFiles(store, files), { objectMode: false }), slow)
console.info(JSON.stringify({ bytes, peakMegabytes: process.resourceUsage().maxRSS / 1024 }))
