import { expect, test } from 'vitest'
import { newId } from '../core/ids.ts'
import type { ObjectStore, SignedRequest } from './object-store.ts'

/** What every object store has to do; run against the embedded and the real one. */
export function objectStoreContract(open: () => ObjectStore): void {
  const newKey = () => `${newId()}/assets/${newId()}/file.png`
  const put = (request: SignedRequest, body: Uint8Array, headers: Record<string, string> = {}) =>
    fetch(request.url, { method: request.method, headers: { ...request.headers, ...headers }, body: Buffer.from(body) })
  const sign = (key: string, sizeBytes: number, ttlSeconds = 60) =>
    open().signUpload({ key, mimeType: 'image/png', sizeBytes, ttlSeconds })

  test('gives back what was put, and its size and type', async () => {
    const [store, key, bytes] = [open(), newKey(), Buffer.from([0, 1, 2, 255])]
    await store.put(key, bytes, 'image/png')
    expect(Buffer.from((await store.get(key)) ?? [])).toEqual(bytes)
    expect(await store.head(key)).toEqual({ sizeBytes: 4, mimeType: 'image/png' })
  })

  test('a later put replaces the bytes', async () => {
    const [store, key] = [open(), newKey()]
    await store.put(key, Buffer.from('one'), 'text/plain')
    await store.put(key, Buffer.from('three'), 'text/plain')
    expect(Buffer.from((await store.get(key)) ?? []).toString()).toBe('three')
  })

  test('what is not there is undefined, and deleting it is no error', async () => {
    const [store, key] = [open(), newKey()]
    expect(await store.get(key)).toBeUndefined()
    expect(await store.head(key)).toBeUndefined()
    await store.delete(key)
    await store.put(key, Buffer.from('x'), 'text/plain')
    await store.delete(key)
    expect(await store.get(key)).toBeUndefined()
    expect(await store.head(key)).toBeUndefined()
  })

  test('lists a folder, and nothing beside it', async () => {
    const [store, organizationId] = [open(), newId()]
    const folder = `${organizationId}/parts/`
    for (const name of ['parts/one/0', 'parts/one/5', 'parts/two/0', 'partsandmore/0', 'other'])
      await store.put(`${organizationId}/${name}`, Buffer.from(name), 'text/plain')
    const all = await store.list(folder)
    expect(all.map(({ key }) => key)).toEqual([`${folder}one/0`, `${folder}one/5`, `${folder}two/0`])
    expect(all[0]?.sizeBytes).toBe('parts/one/0'.length)
    expect(Math.abs(Date.now() - Number(all[0]?.modifiedAt))).toBeLessThan(3_600_000)
    expect((await store.list(folder, `${folder}one/0`)).map(({ key }) => key)).toEqual(
      all.slice(1).map(({ key }) => key),
    )
    const after = await store.list('', `${organizationId}/othe`)
    expect(after[0]?.key).toBe(`${organizationId}/other`)
    expect(await store.list(`${organizationId}/nothing/`)).toEqual([])
    await expect(store.list(`${organizationId}/parts`)).rejects.toThrow(/slash/)
    await expect(store.list('../')).rejects.toThrow(/malformed/)
  })

  test('refuses to load more than it was told to expect', async () => {
    const [store, key] = [open(), newKey()]
    await store.put(key, Buffer.alloc(11), 'text/plain')
    await expect(store.get(key, 10)).rejects.toThrow(/larger/)
    expect(await store.get(key, 11)).toHaveLength(11)
  })

  test('a key cannot leave its studio', async () => {
    const store = open()
    for (const key of ['x', `${newId()}/../${newId()}/x`, `${newId()}//x`, `/etc/passwd`, `${newId()}/a\u0000b`])
      await expect(store.get(key)).rejects.toThrow(/malformed/)
  })

  test('a signed upload of the very size and type is kept', async () => {
    const key = newKey()
    const answer = await put(await sign(key, 5), Buffer.from('12345'))
    expect(answer.ok).toBe(true)
    expect(await open().head(key)).toEqual({ sizeBytes: 5, mimeType: 'image/png' })
  })

  test('another size, another type, another key: refused, nothing kept', async () => {
    const key = newKey()
    const request = await sign(key, 5)
    expect((await put(request, Buffer.from('123456'))).ok).toBe(false)
    expect((await put(request, Buffer.from('1234'))).ok).toBe(false)
    expect((await put(request, Buffer.from('12345'), { 'content-type': 'text/html' })).ok).toBe(false)
    const other = await sign(newKey(), 5)
    const [forged] = [request.url.slice(0, -4) + (request.url.endsWith('aaaa') ? 'bbbb' : 'aaaa')]
    expect((await put({ ...other, url: forged }, Buffer.from('12345'))).status).toBe(403)
    expect(await open().head(key)).toBeUndefined()
  })

  test('an expired signature is refused, nothing kept', async () => {
    const key = newKey()
    const request = await sign(key, 5, 1)
    await new Promise((done) => setTimeout(done, 2100))
    expect((await put(request, Buffer.from('12345'))).status).toBe(403)
    expect(await open().head(key)).toBeUndefined()
  })

  test('the probe succeeds', async () => {
    await expect(open().probe()).resolves.toBeUndefined()
  })
}
