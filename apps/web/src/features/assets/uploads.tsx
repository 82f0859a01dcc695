import type { AssetType, AssetItem } from '@sparkle/shared/assets'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { createUploadQueue, type QueuedFile, type UploadQueue } from '../../lib/upload-queue.ts'
import { assetQueries } from './api.ts'
import { sendAsset, sendVersion } from './send-asset.ts'

type Versioned = Pick<AssetItem, 'id' | 'filename'>

export interface ProjectUploads {
  projectId: string
  queue: UploadQueue<void>
  /** Adds files that become assets of this type. */
  add: (files: readonly File[], assetType: AssetType) => void
  /** Adds a file that becomes the next version of an asset. */
  addVersion: (file: File, asset: Versioned) => void
  /** The asset that a file becomes a version of; none where it becomes one of its own. */
  versionedBy: (file: File) => Versioned | undefined
  /** Sends a file that the project has already, after all. */
  allowTwice: (id: string) => void
}

interface Uploads {
  of: (projectId: string) => ProjectUploads
  /** All files of all projects that have not arrived yet. */
  list: () => readonly { projectId: string; file: QueuedFile<void> }[]
  subscribe: (listener: () => void) => () => void
  clear: () => void
}

function createUploads(client: QueryClient): Uploads {
  const projects = new Map<string, ProjectUploads>()
  const listeners = new Set<() => void>()
  let all: ReturnType<Uploads['list']> = []
  const collect = () => {
    all = [...projects.values()].flatMap(({ projectId, queue }) => queue.list().map((file) => ({ projectId, file })))
    for (const listener of listeners) listener()
  }

  function open(projectId: string): ProjectUploads {
    const kinds = new WeakMap<File, AssetType>()
    const versioned = new WeakMap<File, Versioned>()
    const twice = new WeakSet<File>()
    const queue = createUploadQueue<void>(
      async (file, options) => {
        const asset = versioned.get(file)
        if (asset) await sendVersion(asset.id, file, options)
        else await sendAsset(projectId, kinds.get(file) ?? 'photo', file, twice.has(file), options)
        await client.invalidateQueries({ queryKey: assetQueries.all })
      },
      { keepDone: false },
    )
    queue.subscribe(collect)
    return {
      projectId,
      queue,
      add(files, assetType) {
        for (const file of files) kinds.set(file, assetType)
        queue.add(files)
      },
      addVersion(file, asset) {
        versioned.set(file, asset)
        queue.add([file])
      },
      versionedBy: (file) => versioned.get(file),
      allowTwice(id) {
        const item = queue.list().find((one) => one.id === id)
        if (!item) return
        twice.add(item.file)
        queue.retry(id)
      },
    }
  }

  return {
    of(projectId) {
      const known = projects.get(projectId) ?? open(projectId)
      projects.set(projectId, known)
      return known
    },
    list: () => all,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    clear() {
      for (const { queue } of projects.values()) queue.clear()
    },
  }
}

const UploadsContext = createContext<Uploads | null>(null)

/** Keeps uploads going while somebody moves between pages; stands above them, once for each session. */
export function UploadsProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const [uploads] = useState(() => createUploads(client))
  const waiting = useSyncExternalStore(uploads.subscribe, uploads.list).length > 0
  useEffect(() => () => uploads.clear(), [uploads])
  useEffect(() => {
    if (!waiting) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [waiting])
  return <UploadsContext value={uploads}>{children}</UploadsContext>
}

function useUploads(): Uploads {
  const uploads = useContext(UploadsContext)
  if (!uploads) throw new Error('Uploads need an UploadsProvider above them.')
  return uploads
}

/** The files of one project that are on their way. */
export function useProjectUploads(projectId: string) {
  const uploads = useUploads().of(projectId)
  const files = useSyncExternalStore(uploads.queue.subscribe, uploads.queue.list)
  return { uploads, files }
}

/** Every file that is on its way, with its project. */
export function useAllUploads() {
  const uploads = useUploads()
  return useSyncExternalStore(uploads.subscribe, uploads.list)
}
