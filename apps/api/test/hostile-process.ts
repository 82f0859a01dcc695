import { makeFiles } from '../src/modules/assets/make-files.ts'
import { goodFiles, hostileFiles } from './hostile-files.ts'

/**
 * Checks the hostile files and the good ones one after another in a process of its own, and prints what came of each
 * and the most memory the process ever had. Started by `hostile.test.ts`.
 */
const outcomes: Record<string, string> = {}
for (const { what, assetType, filename, mimeType, make } of [...hostileFiles, ...goodFiles]) {
  const outcome = await makeFiles(assetType, await make(), { filename, mimeType })
  outcomes[what] = 'rejected' in outcome ? outcome.rejected : 'accepted'
}
console.info(JSON.stringify({ outcomes, peakMegabytes: process.resourceUsage().maxRSS / 1024 }))
