import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { goodFiles, hostileFiles } from '../../../test/hostile-files.ts'

test('each hostile file is refused with its own reason, each good one is taken, within 512 MB of memory', async () => {
  const program = fileURLToPath(new URL('../../../test/hostile-process.ts', import.meta.url))
  const folder = await mkdtemp(join(tmpdir(), 'sparkle-hostile-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [i, { make }] of [...hostileFiles, ...goodFiles].entries())
    await writeFile(join(folder, String(i)), await make())
  const { stdout } = await promisify(execFile)(process.execPath, [program, folder])
  const { outcomes, peakMegabytes } = JSON.parse(stdout) as { outcomes: object; peakMegabytes: number }
  expect(outcomes).toEqual({
    ...Object.fromEntries(hostileFiles.map(({ what, reason }) => [what, reason])),
    ...Object.fromEntries(goodFiles.map(({ what }) => [what, 'accepted'])),
  })
  expect(peakMegabytes).toBeLessThan(512)
})
