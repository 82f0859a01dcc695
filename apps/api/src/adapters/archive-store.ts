import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { createS3Client, type S3Settings } from './s3-store.ts'

/** A second place for backups, which may be far larger than a stored file. */
export interface ArchiveStore {
  readonly kind: 'folder' | 's3'
  /** Copies a file there under its name, and reads it back; throws where the copy is not the same. */
  put(name: string, path: string): Promise<void>
  list(): Promise<{ name: string; modifiedAt: Date }[]>
  delete(name: string): Promise<void>
}

/** A folder, meant to lie on another disk or a mounted share. */
export function createArchiveFolder(folder: string): ArchiveStore {
  return {
    kind: 'folder',
    async put(name, path) {
      await mkdir(folder, { recursive: true })
      const partial = join(folder, `${name}.partial`)
      try {
        await copyFile(path, partial)
        await assertSame(path, createReadStream(partial))
        await rename(partial, join(folder, name))
      } finally {
        await rm(partial, { force: true })
      }
    },
    async list() {
      await mkdir(folder, { recursive: true })
      const names = await readdir(folder)
      return Promise.all(names.map(async (name) => ({ name, modifiedAt: (await stat(join(folder, name))).mtime })))
    },
    delete: (name) => rm(join(folder, name), { force: true }),
  }
}

/** S3 takes at most 10,000 parts, so this reaches 312 GiB; each is held in memory while it is sent. */
const partBytes = 32 * 1024 * 1024

/** Any S3 server, by multipart upload. */
export function createArchiveBucket(settings: S3Settings): ArchiveStore {
  const client = createS3Client(settings)
  const Bucket = settings.bucket

  async function makeBucket(): Promise<void> {
    try {
      await client.send(new HeadBucketCommand({ Bucket }))
    } catch (error) {
      if (!(error instanceof S3ServiceException && ['NotFound', 'NoSuchBucket'].includes(error.name))) throw error
      await client.send(new CreateBucketCommand({ Bucket }))
    }
  }

  async function upload(Key: string, path: string): Promise<void> {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }))
    const file = await open(path, 'r')
    try {
      const parts = []
      const { size } = await file.stat()
      for (let at = 0, number = 1; at < size; at += partBytes, number += 1) {
        const Body = Buffer.alloc(Math.min(partBytes, size - at))
        await file.read(Body, 0, Body.length, at)
        const part = { Bucket, Key, UploadId, PartNumber: number, Body, ContentLength: Body.length }
        const { ETag } = await client.send(new UploadPartCommand(part))
        parts.push({ ETag, PartNumber: number })
      }
      const MultipartUpload = { Parts: parts }
      await client.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }))
    } catch (error) {
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))
      throw error
    } finally {
      await file.close()
    }
  }

  return {
    kind: 's3',
    async put(name, path) {
      await makeBucket()
      await upload(name, path)
      const { Body: body } = await client.send(new GetObjectCommand({ Bucket, Key: name }))
      if (!body) throw new Error('The storage server answered without a body.')
      await assertSame(path, body as AsyncIterable<Uint8Array>)
    },
    async list() {
      await makeBucket()
      const { Contents: contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }))
      return contents.flatMap(({ Key: name, LastModified: modifiedAt }) =>
        name && modifiedAt ? [{ name, modifiedAt }] : [],
      )
    },
    async delete(name) {
      await client.send(new DeleteObjectCommand({ Bucket, Key: name }))
    },
  }
}

async function assertSame(path: string, copy: AsyncIterable<Uint8Array>): Promise<void> {
  const [wanted, found] = await Promise.all([digestOf(createReadStream(path)), digestOf(copy)])
  if (wanted !== found) throw new Error('The copy of the backup is not what was written.')
}

async function digestOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256')
  for await (const part of bytes) hash.update(part)
  return hash.digest('hex')
}
