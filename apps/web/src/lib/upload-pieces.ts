import type { ResumableState, ResumableUpload, SignedUpload } from '@sparkle/shared/orders'
import { isProblem, ProblemError, problemFrom } from './problem.ts'
import { parseJson, sendBody, uploadTo, type UploadOptions } from './upload.ts'

/** How often in a row a piece is tried; between tries the wait doubles, from one second to sixteen. */
const triesInARow = 6
const longestWaitMs = 16_000

/** Sends a file the way that suits it: a small one whole and straight into the store, others in pieces. */
export async function sendFile(
  { upload, resumable }: { upload: SignedUpload; resumable: ResumableUpload },
  file: Blob,
  options: UploadOptions,
): Promise<void> {
  if (file.size <= resumable.chunkBytes) await uploadTo(upload, file, options)
  else await uploadInPieces(resumable, file, options)
}

/** Whether a file broke off on its way, by the network or by somebody who paused it, and can go on from there. */
export function isInterruption(error: unknown): boolean {
  return isPassing(error) || (error instanceof DOMException && error.name === 'AbortError')
}

/**
 * Sends a file piece by piece, beginning where an earlier try broke off. A lost connection is waited out: what has
 * arrived is never sent twice. Rejects when it stays away, or where the API refuses.
 */
export async function uploadInPieces(
  { url, chunkBytes }: ResumableUpload,
  file: Blob,
  { onProgress, signal }: UploadOptions = {},
): Promise<void> {
  let { receivedBytes } = await patiently(() => readState(url, signal), signal)
  onProgress?.(receivedBytes / file.size)
  while (receivedBytes < file.size) {
    const from = receivedBytes
    const piece = file.slice(from, from + chunkBytes)
    const target = {
      method: 'PUT',
      url: `${url}?offset=${from}`,
      headers: { 'content-type': 'application/octet-stream' },
    }
    const onPiece = (share: number) => onProgress?.((from + share * piece.size) / file.size)
    const state = await patiently(() => sendBody(target, piece, { onProgress: onPiece, signal }), signal)
    receivedBytes = (state as ResumableState).receivedBytes
    // An answer that says less than what was there before would have us send for ever.
    if (receivedBytes <= from) throw new ProblemError({ status: 0, code: 'client.invalid_reply' })
  }
}

async function readState(url: string, signal: AbortSignal | undefined): Promise<ResumableState> {
  let response: Response
  try {
    response = await fetch(url, { signal: signal ?? null })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ProblemError({ status: 0, code: 'client.network' }, error)
  }
  const body = parseJson(await response.text())
  if (!response.ok) throw problemFrom({ status: response.status, header: (name) => response.headers.get(name), body })
  if (body === undefined) throw new ProblemError({ status: 0, code: 'client.invalid_reply' })
  return body as ResumableState
}

async function patiently<T>(act: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act()
    } catch (error) {
      if (attempt === triesInARow || !isPassing(error) || signal?.aborted) throw error
      await pause(Math.min(longestWaitMs, 500 * 2 ** attempt), signal)
    }
  }
}

/** No network, or a server that is just being restarted. */
function isPassing(error: unknown): boolean {
  return isProblem(error) && (error.status === 0 || error.status === 429 || error.status >= 502)
}

/** Waits, but not longer than until the network is back. */
function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer)
      window.removeEventListener('online', over)
      signal?.removeEventListener('abort', over)
      resolve()
    }
    const timer = setTimeout(over, milliseconds)
    window.addEventListener('online', over)
    signal?.addEventListener('abort', over)
  })
}
