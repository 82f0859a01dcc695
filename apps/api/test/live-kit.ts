import { afterAll, afterEach } from 'vitest'
import { startApi } from './harness.ts'
import { openLivePages } from './live-pages.ts'

/** A studio whose manager is there live. Its pages are closed after each test, and its API after all of them. */
export async function openLiveKit() {
  const api = await startApi()
  const { closeAll, ...live } = await openLivePages(api)
  const studio = await api.studio()
  const manager = await studio.person('manager')
  afterEach(closeAll)
  afterAll(() => api.close())
  return { api, studio, manager, ...live }
}
