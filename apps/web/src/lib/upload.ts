import { guestToken } from './guest.ts'
import { apiUrl, newKey } from './http.ts'
import { ProblemError, problemFrom } from './problem.ts'
import { refreshSession } from './refresh.ts'

export interface UploadOptions {
  /** 0 to 1, of the bytes that have left; 1 comes before the server's answer. */
  onProgress?: (share: number) => void
  signal?: AbortSignal
}

/** Where the API said the bytes go: `POST .../uploads` answers with this. */
export interface UploadTarget {
  method: string
  url: string
  headers: Record<string, string>
}

/**
 * Sends a file to a signed address. XMLHttpRequest, because `fetch` cannot report the progress of a request. Cookies go
 * along only if the address is our own; the signature in the address is what counts.
 */
export async function uploadTo(target: UploadTarget, file: Blob, options: UploadOptions = {}): Promise<void> {
  await sendBody(target, file, options)
}

/** Posts a form with a file to the API, refreshing the session once if needed. Answers with the reply's JSON. */
export async function uploadForm<T>(path: string, form: FormData, options: UploadOptions = {}): Promise<T> {
  const guest = guestToken()
  const headers = { 'idempotency-key': newKey(), ...(guest && { authorization: `Bearer ${guest}` }) }
  const target = { method: 'POST', url: apiUrl(path), headers }
  try {
    return (await sendBody(target, form, options)) as T
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== 401 || guest || !(await refreshSession())) throw error
    return (await sendBody(target, form, options)) as T
  }
}

/** One request with a body and its progress; resolves to the answer’s JSON, if it has any. */
export function sendBody(
  target: UploadTarget,
  body: Blob | FormData,
  { onProgress, signal }: UploadOptions,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const abortError = () => signal?.reason ?? new DOMException('Aborted', 'AbortError')
    if (signal?.aborted) {
      reject(abortError())
      return
    }
    const request = new XMLHttpRequest()
    const abort = () => request.abort()
    request.open(target.method, target.url)
    for (const [name, value] of Object.entries(target.headers)) {
      // The browser sets this one itself and refuses a script's.
      if (name.toLowerCase() !== 'content-length') request.setRequestHeader(name, value)
    }
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) onProgress?.(event.loaded / event.total)
    }
    request.onload = () => {
      const json = parseJson(request.responseText)
      if (request.status < 400) resolve(json)
      else
        reject(problemFrom({ status: request.status, header: (name) => request.getResponseHeader(name), body: json }))
    }
    request.onerror = () => reject(new ProblemError({ status: 0, code: 'client.network' }))
    request.onabort = () => reject(abortError())
    request.onloadend = () => signal?.removeEventListener('abort', abort)
    signal?.addEventListener('abort', abort)
    request.send(body)
  })
}

/** Object stores answer with XML or nothing, proxies with a page; only our own API answers in JSON. */
export function parseJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
