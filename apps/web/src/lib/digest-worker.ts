export interface DigestTask {
  id: number
  file: Blob
}
export interface DigestAnswer {
  id: number
  digest: string | undefined
}

async function digestOf(file: Blob): Promise<string | undefined> {
  try {
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))
    return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
  } catch {
    // The file is gone or cannot be read: sending it will say so.
    return undefined
  }
}

self.addEventListener('message', ({ data: { id, file } }: MessageEvent<DigestTask>) => {
  void digestOf(file).then((digest) => {
    const answer: DigestAnswer = { id, digest }
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin, a window has
    self.postMessage(answer)
  })
})
