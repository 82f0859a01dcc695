import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DemoStudio } from '../../../../tools/lib/demo-studio.ts'

/** The first private link in a studio's caught mails, once there is one: nothing else ever shows it. */
export async function linkInMail({ dataDir }: DemoStudio, pattern: RegExp): Promise<string> {
  for (const until = Date.now() + 60_000; Date.now() < until;) {
    const link = await findLink(join(dataDir, 'mail'), pattern)
    if (link) return link
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error(`No mail with ${pattern.source} has come.`)
}

async function findLink(folder: string, pattern: RegExp): Promise<string | null> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    // The first mail makes the folder.
    if (error.code === 'ENOENT') return []
    throw error
  })
  // A mail that is still being written is named otherwise.
  for (const file of files.filter((one) => one.endsWith('.eml'))) {
    const mail = await readFile(join(folder, file), 'utf8')
    // Quoted-printable (RFC 2045, 6.7): a line that ends in `=` goes on in the next.
    const link = pattern.exec(mail.replaceAll(/=\r?\n/g, ''))
    if (link) return link[0]
  }
  return null
}
