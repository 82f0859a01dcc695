import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFiles } from '../src/modules/assets/make-files.ts'
import { goodFiles, hostileFiles } from './hostile-files.ts'

/**
 * Checks the hostile files and the good ones one after another in a process of its own, and prints what came of each
 * and the most memory the process ever had. Started by `hostile.test.ts`, which has put them into the folder that is
 * named: what it takes to make a file is not what it takes to check it.
 */
const folder = process.argv[2] ?? ''
const outcomes: Record<string, string> = {}
for (const [i, { what, assetType, filename, mimeType }] of [...hostileFiles, ...goodFiles].entries()) {
  const outcome = await makeFiles(assetType, await readFile(join(folder, String(i))), { filename, mimeType })
  outcomes[what] = 'rejected' in outcome ? outcome.rejected : 'accepted'
}
console.info(JSON.stringify({ outcomes, peakMegabytes: process.resourceUsage().maxRSS / 1024 }))
