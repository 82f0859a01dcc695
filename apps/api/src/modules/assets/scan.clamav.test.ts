import { afterAll, expect, test } from 'vitest'
import { openAssetKit } from '../../../test/asset-kit.ts'
import { eicar, startClamd } from '../../../test/parts/clamd.ts'
import { freePort } from '../../../test/parts/process.ts'
import { chelsea } from '../../../test/photos.ts'
import { createClamdScanner } from '../../adapters/clamd-scan.ts'
import { createChecker } from '../health/checks.ts'
import { processUnsettled } from './assets.events.ts'
import { processAsset } from './process-asset.ts'

const { api, studio, manager, projectId, postFile, read, auditOf } = await openAssetKit()
const port = await freePort()
const deps = { ...api.deps, scanner: createClamdScanner(`tcp://127.0.0.1:${port}`) }
const actor = { kind: 'system', organizationId: studio.organizationId, job: 'test' } as const
afterAll(() => api.close())

const upload = async (bytes: Buffer) => (await postFile(manager, projectId, bytes)).body.id as string
const waitLonger = () => api.owner.query(`update assets set updated_at = now() - interval '3 minutes'`)

test('uploads wait while clamd is away, and are judged when it is back', async () => {
  const [good, bad] = [await upload(chelsea), await upload(Buffer.concat([chelsea, eicar]))]
  for (const assetId of [good, bad])
    expect(await processAsset(deps, { organizationId: studio.organizationId, assetId })).toBe('waiting')
  expect([(await read(good)).processingStatus, (await read(bad)).processingStatus]).toEqual(['pending', 'pending'])
  expect(await createChecker(deps)(['virusScan'])).toMatchObject({ status: 'degraded' })
  await waitLonger()
  await processUnsettled(deps, actor)
  expect((await read(good)).processingStatus).toBe('pending')

  const clamd = await startClamd(port)
  try {
    await processUnsettled(deps, actor)
    expect((await read(good)).processingStatus, 'the last try was a moment ago').toBe('pending')
    await waitLonger()
    await processUnsettled(deps, actor)
    expect(await read(good)).toMatchObject({ processingStatus: 'ready' })
    expect(await read(bad)).toMatchObject({ processingStatus: 'rejected', rejectionReason: 'infected', urls: {} })
    expect(await auditOf(bad)).toEqual(['asset:added', 'asset:rejected'])
    expect(await deps.store.head(`${studio.organizationId}/uploads/${bad}`)).toBeUndefined()
    expect(await createChecker(deps)(['virusScan'])).toMatchObject({ checks: { virusScan: { detail: 'clamd' } } })
  } finally {
    await clamd.stop()
  }
})

test('without a scanner uploads pass, and health says so', async () => {
  const id = await upload(Buffer.concat([chelsea, eicar]))
  await processAsset(api.deps, { organizationId: studio.organizationId, assetId: id })
  expect((await read(id)).processingStatus).toBe('ready')
  expect(await createChecker(api.deps)(['virusScan'])).toMatchObject({
    status: 'ok',
    checks: { virusScan: { status: 'ok', detail: 'off: uploads are not scanned; set CLAMAV_URL' } },
  })
})
