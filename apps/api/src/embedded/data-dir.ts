import { mkdir } from 'node:fs/promises'

/**
 * Makes the data folder where it is missing, for its owner only: it holds secrets, customers' pictures and mails. As root,
 * PostgreSQL runs as another user, who has to get through to its own part, and sees no names on the way.
 */
export async function makeDataDir(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
}
