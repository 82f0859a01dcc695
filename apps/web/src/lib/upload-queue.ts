import { useEffect, useState, useSyncExternalStore } from 'react'
import { isHeic } from './file-types.ts'
import { newKey } from './http.ts'
import type { UploadOptions } from './upload.ts'

/** One file on its way. `result` is there once it is `done`, `error` once it has `failed`. */
export interface QueuedFile<R> {
  id: string
  file: File
  /** An object URL for pictures; the queue revokes it when the file leaves. */
  previewUrl: string | undefined
  state: 'waiting' | 'uploading' | 'processing' | 'paused' | 'done' | 'failed'
  /** 0 to 1, of the bytes that have left. */
  share: number
  result?: R
  error?: unknown
}

export interface UploadQueue<R> {
  add: (files: readonly File[]) => void
  /** Stops a file on its way without giving it up; {@link UploadQueue.retry} goes on. */
  pause: (id: string) => void
  /** Sends a paused file on, a failed file again, or a done one whose result is worth nothing any more. */
  retry: (id: string) => void
  /** Takes a file out; one under way is aborted. */
  remove: (id: string) => void
  /** Takes all files out. */
  clear: () => void
  list: () => readonly QueuedFile<R>[]
  subscribe: (listener: () => void) => () => void
}

/** Sends one file; rejects where it could not. */
export type SendFile<R> = (file: File, options: Required<UploadOptions>) => Promise<R>

export interface QueueOptions {
  /** How many files travel at a time. */
  atOnce?: number
  /** `false` where what has arrived is shown elsewhere: a done file then leaves by itself. */
  keepDone?: boolean
}

/** A queue that sends files in the order they came. A failed file does not hold up others. */
export function createUploadQueue<R>(
  send: SendFile<R>,
  { atOnce = 3, keepDone = true }: QueueOptions = {},
): UploadQueue<R> {
  let files: readonly QueuedFile<R>[] = []
  const running = new Map<string, AbortController>()
  const listeners = new Set<() => void>()

  const set = (next: readonly QueuedFile<R>[]) => {
    files = next
    for (const listener of listeners) listener()
  }
  const patch = (id: string, change: Partial<QueuedFile<R>>) =>
    set(files.map((item) => (item.id === id ? { ...item, ...change } : item)))

  const fill = () => {
    while (running.size < atOnce) {
      const next = files.find(({ id, state }) => state === 'waiting' && !running.has(id))
      if (!next) return
      void start(next)
    }
  }
  const start = async ({ id, file }: QueuedFile<R>) => {
    const controller = new AbortController()
    running.set(id, controller)
    patch(id, { state: 'uploading', error: undefined })
    const onProgress = (share: number) => patch(id, { share, state: share < 1 ? 'uploading' : 'processing' })
    try {
      const result = await send(file, { onProgress, signal: controller.signal })
      if (running.get(id) === controller) {
        if (keepDone) patch(id, { state: 'done', share: 1, result })
        else take(id)
      }
    } catch (error) {
      if (running.get(id) === controller) patch(id, { state: 'failed', error })
    } finally {
      if (running.get(id) === controller) running.delete(id)
      fill()
    }
  }
  const take = (id: string) => {
    for (const item of files) if (item.id === id) drop(item)
    set(files.filter((item) => item.id !== id))
  }
  const drop = ({ id, previewUrl }: QueuedFile<R>) => {
    running.get(id)?.abort()
    running.delete(id)
    if (previewUrl) URL.revokeObjectURL(previewUrl)
  }

  return {
    add(added) {
      const items = added.map((file): QueuedFile<R> => {
        const previewUrl = file.type.startsWith('image/') && !isHeic(file) ? URL.createObjectURL(file) : undefined
        return { id: newKey(), file, previewUrl, state: 'waiting', share: 0 }
      })
      set([...files, ...items])
      fill()
    },
    pause(id) {
      const item = files.find((one) => one.id === id)
      if (item?.state !== 'uploading' && item?.state !== 'waiting') return
      // Taken off the list of those that run before it is aborted: the end of an aborted one is nobody's business.
      const controller = running.get(id)
      running.delete(id)
      controller?.abort()
      patch(id, { state: 'paused' })
      fill()
    },
    retry(id) {
      if (running.has(id)) return
      patch(id, { state: 'waiting', result: undefined, error: undefined })
      fill()
    },
    remove(id) {
      take(id)
      fill()
    },
    clear() {
      for (const item of files) drop(item)
      set([])
    },
    list: () => files,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Whether files are still on their way, so that leaving would lose them. */
export function isUnderWay(files: readonly Pick<QueuedFile<unknown>, 'state'>[]): boolean {
  return files.some(({ state }) => state === 'waiting' || state === 'uploading' || state === 'processing')
}

/** A queue for the life of a component; `send` is taken as it is at the first render. Leaving the page aborts the rest. */
export function useUploadQueue<R>(send: SendFile<R>, options?: QueueOptions) {
  const [queue] = useState(() => createUploadQueue(send, options))
  const files = useSyncExternalStore(queue.subscribe, queue.list)
  useEffect(() => () => queue.clear(), [queue])
  return { queue, files }
}
