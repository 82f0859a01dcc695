import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { goodEntries, makeZip, type ZipEntry } from '../../../test/zips.ts'
import { createLocalStore } from '../../adapters/local-store.ts'
import { noScanner } from '../../adapters/virus-scan.ts'
import { createCrypto } from '../../core/crypto.ts'
import { storeOwnBundle } from './own-bundle.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sparkle-own-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Into a real store of its own, which is an empty folder until something is kept. */
async function store(zip: Buffer) {
  const path = join(folder, 'game.zip')
  await writeFile(path, zip)
  const crypto = createCrypto([Buffer.alloc(32, 7)])
  const objects = createLocalStore({ root: folder, crypto, publicOrigin: 'http://studio.example.test' })
  return storeOwnBundle({ store: objects, scanner: noScanner }, '00000000-0000-7000-8000-000000000000', path, [])
}

const index: ZipEntry = { name: 'index.html', body: '<title>x</title>' }
const withIndex = (...entries: ZipEntry[]) => makeZip([index, ...entries])
const megabytes = (count: number) => Buffer.alloc(count * 1024 * 1024)
/** Bytes that deflate hardly at all, the same each time. */
const noise = (length: number) => {
  const bytes = Buffer.alloc(length)
  for (let at = 0, seed = 1; at < length; at += 1)
    bytes[at] = seed = (((Math.imul(seed, 1103515245) + 12345) >>> 16) & 255) | ((seed << 8) & 0x7fff00)
  return bytes
}
const windowsProgram = (() => {
  const bytes = Buffer.alloc(512)
  bytes.write('MZ')
  bytes.writeUInt32LE(128, 0x3c)
  bytes.write('PE\0\0', 128, 'latin1')
  return bytes
})()

test.each<[string, () => Buffer]>([
  ['not_a_zip', () => Buffer.from('<!doctype html><title>A page</title>')],
  ['not_a_zip', () => makeZip(goodEntries).subarray(0, 400)],
  ['not_a_zip', () => Buffer.concat([makeZip(goodEntries), Buffer.from('more')])],
  ['empty', () => makeZip([])],
  [
    'empty',
    () =>
      makeZip([
        { name: 'dig/', mode: 0o040755 },
        { name: '.DS_Store', body: 'x' },
      ]),
  ],
  ['no_index', () => makeZip([{ name: 'game.html', body: 'x' }])],
  ['no_index', () => makeZip([{ name: 'index.html', body: '' }])],
  [
    'no_index',
    () =>
      makeZip([
        { name: 'a/index.html', body: 'x' },
        { name: 'b/c.js', body: 'x' },
      ]),
  ],
  ['path_escape', () => withIndex({ name: '../../etc/passwd', body: 'x' })],
  ['path_escape', () => withIndex({ name: 'a\\..\\..\\b.js', body: 'x' })],
  ['path_escape', () => withIndex({ name: 'a/../../', mode: 0o040755 })],
  ['absolute_path', () => withIndex({ name: '/etc/passwd', body: 'x' })],
  ['absolute_path', () => withIndex({ name: 'C:\\game\\a.js', body: 'x' })],
  ['bad_name', () => withIndex({ name: 'a\0.js', body: 'x' })],
  ['bad_name', () => withIndex({ name: 'a//b.js', body: 'x' })],
  ['bad_name', () => withIndex({ name: 'gnp.\u202Ejs', body: 'x' })],
  ['bad_name', () => withIndex({ name: `${'a'.repeat(300)}.js`, body: 'x' })],
  ['too_deep', () => withIndex({ name: `${'d/'.repeat(12)}a.js`, body: 'x' })],
  ['symlink', () => withIndex({ name: 'a.js', body: '/etc/passwd', mode: 0o120777 })],
  ['special_file', () => withIndex({ name: 'pipe', mode: 0o010644 })],
  ['duplicate_name', () => withIndex({ name: 'index.html', body: 'another' })],
  ['duplicate_name', () => withIndex({ name: 'a.js', body: 'x' }, { name: 'A.JS', body: 'y' })],
  ['duplicate_name', () => withIndex({ name: 'n\u0303.js', body: 'x' }, { name: '\u00F1.js', body: 'y' })],
  ['duplicate_name', () => withIndex({ name: 'a', body: 'x' }, { name: 'a/b.js', body: 'y' })],
  ['reserved_name', () => withIndex({ name: '_Sparkle/storage.js', body: 'x' })],
  ['hidden_file', () => withIndex({ name: '.htaccess', body: 'x' })],
  ['hidden_file', () => withIndex({ name: 'a/.git/config', body: 'x' })],
  ['forbidden_kind', () => withIndex({ name: 'save.php', body: 'x' })],
  ['forbidden_kind', () => withIndex({ name: 'Play.EXE', body: 'x' })],
  ['forbidden_kind', () => withIndex({ name: 'art.zip', body: 'x' })],
  ['executable', () => withIndex({ name: 'cat.png', body: windowsProgram })],
  ['executable', () => withIndex({ name: 'cat.png', body: Buffer.from('\x7fELF\x02\x01\x01', 'latin1') })],
  ['executable', () => withIndex({ name: 'cat.js', body: '#!/bin/sh\nrm -rf' })],
  ['executable', () => withIndex({ name: 'cat.txt', body: '\n<?php echo 1;' })],
  ['encrypted', () => withIndex({ name: 'a.js', body: 'x', flags: 1 })],
  ['encrypted', () => withIndex({ name: 'a.js', body: 'x', flags: 0x41 })],
  ['unsupported_method', () => withIndex({ name: 'a.js', body: 'x', method: 14 })],
  ['bomb', () => withIndex({ name: 'a.bin', body: megabytes(30) })],
  ['bomb', () => withIndex({ name: 'a.bin', body: megabytes(30), claimedSize: 1000 })],
  ['damaged', () => withIndex({ name: 'a.bin', body: 'short', claimedSize: 1000 })],
  ['damaged', () => withIndex({ name: 'a.bin', body: 'other', claimedCrc: 1 })],
  ['overlapping', () => withIndex({ name: 'a.bin', body: 'x' }, { name: 'b.bin', body: 'x', sameAs: 1 })],
  ['two_names', () => withIndex({ name: 'a.txt', body: 'x', localName: 'a.exe' })],
  ['too_many_files', () => withIndex(...Array.from({ length: 2000 }, (_, at) => ({ name: `${at}.txt` })))],
  ['file_too_large', () => withIndex({ name: 'a.bin', body: noise(1000), claimedSize: 52_428_801, method: 0 })],
  [
    'too_large_unpacked',
    () => {
      const large = { body: 'x', claimedSize: 45_000_000, claimedPacked: 1_000_000, method: 0 }
      return withIndex(...Array.from({ length: 5 }, (_, at) => ({ ...large, name: `${at}.bin` })))
    },
  ],
  [
    'file_too_large',
    () => makeZip([{ name: 'index.html', body: noise(5_000_000).toString('latin1').replaceAll('\0', ' ') }]),
  ],
])('a zip is refused as %s, and nothing is kept of it', async (reason, make) => {
  await expect(store(make())).rejects.toMatchObject({ kind: 'invalid', code: `build.zip_${reason}` })
  expect(await readdir(folder)).not.toContain('objects')
})

test('the control: one that is all right is kept', async () => {
  const { files } = await store(makeZip(goodEntries))
  expect(files.length).toBe(5)
  expect(await readdir(folder)).toContain('objects')
})
