import { randomUUID } from 'node:crypto'
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { assertKey, assertPrefix, maxListed, type ObjectStore, type StoredObject } from './object-store.ts'

export interface S3Settings {
  endpoint: string
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
}

export interface S3Store extends ObjectStore {
  readonly kind: 's3'
  /** Makes the bucket when it is missing, and lets pages of `publicOrigin` upload to it. */
  prepare(publicOrigin: string): Promise<void>
}

/**
 * A client of any S3 server. Checksums only where the operation demands them and path-style addresses, because servers
 * other than Amazon's refuse the SDK's defaults.
 */
export function createS3Client({ endpoint, region, accessKeyId, secretAccessKey }: S3Settings): S3Client {
  return new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
}

/** Files in one bucket of any S3 server. */
export function createS3Store(settings: S3Settings): S3Store {
  const client = createS3Client(settings)
  const place = (key: string) => {
    assertKey(key)
    return { Bucket: settings.bucket, Key: key }
  }

  async function put(key: string, bytes: Uint8Array, mimeType: string): Promise<void> {
    await client.send(
      new PutObjectCommand({ ...place(key), Body: bytes, ContentLength: bytes.byteLength, ContentType: mimeType }),
    )
  }

  async function get(key: string, maxBytes = Number.POSITIVE_INFINITY): Promise<Uint8Array | undefined> {
    const object = await ifThere(() => client.send(new GetObjectCommand(place(key))))
    if (!object) return undefined
    const { Body: body, ContentLength: sizeBytes } = object
    if (!body || sizeBytes === undefined) throw new Error('The storage server answered without a body or its length.')
    if (sizeBytes > maxBytes) {
      // Reading on only to throw away would hold the connection; destroying the stream frees it.
      if ('destroy' in body) body.destroy()
      throw new Error(`An object of ${sizeBytes} bytes is larger than the ${maxBytes} expected.`)
    }
    return body.transformToByteArray()
  }

  async function head(key: string): Promise<{ sizeBytes: number; mimeType: string } | undefined> {
    const object = await ifThere(() => client.send(new HeadObjectCommand(place(key))))
    if (!object) return undefined
    return { sizeBytes: object.ContentLength ?? 0, mimeType: object.ContentType ?? 'application/octet-stream' }
  }

  async function remove(key: string): Promise<void> {
    await ifThere(() => client.send(new DeleteObjectCommand(place(key))))
  }

  async function list(prefix: string, after?: string): Promise<StoredObject[]> {
    assertPrefix(prefix)
    const { Contents: contents = [] } = await client.send(
      new ListObjectsV2Command({ Bucket: settings.bucket, Prefix: prefix, StartAfter: after, MaxKeys: maxListed }),
    )
    return contents.map(({ Key: key, Size: sizeBytes, LastModified: modifiedAt }) => {
      if (key === undefined || sizeBytes === undefined || !modifiedAt)
        throw new Error('The storage server lists an object without its key, size or time.')
      return { key, sizeBytes, modifiedAt }
    })
  }

  async function makeBucket(): Promise<void> {
    const Bucket = settings.bucket
    if (await ifThere(() => client.send(new HeadBucketCommand({ Bucket })))) return
    try {
      await client.send(new CreateBucketCommand({ Bucket }))
    } catch (error) {
      // Another process that starts at the same time was quicker.
      if (!isFault(error, 'BucketAlreadyOwnedByYou')) throw error
    }
  }

  async function allowPagesOf(origin: string): Promise<void> {
    const rule = {
      AllowedOrigins: [origin],
      AllowedMethods: ['PUT'],
      AllowedHeaders: ['content-type'],
      MaxAgeSeconds: 3600,
    }
    try {
      await client.send(new PutBucketCorsCommand({ Bucket: settings.bucket, CORSConfiguration: { CORSRules: [rule] } }))
    } catch (error) {
      // Some servers (Swift, MinIO) set this for the whole server instead, and some keys may not change a bucket.
      if (!isFault(error, 'NotImplemented', 'AccessDenied', 'MethodNotAllowed')) throw error
    }
  }

  return {
    kind: 's3',
    put,
    get,
    head,
    delete: remove,
    list,
    async signUpload({ key, mimeType, sizeBytes, ttlSeconds }) {
      const expiresAt = new Date(Date.now() + ttlSeconds * 1000)
      const command = new PutObjectCommand({ ...place(key), ContentType: mimeType, ContentLength: sizeBytes })
      // Size and type are part of the signature: another one is refused by the storage server itself.
      const signableHeaders = new Set(['host', 'content-type', 'content-length'])
      const url = await getSignedUrl(client, command, { expiresIn: ttlSeconds, signableHeaders })
      return { method: 'PUT', url, headers: { 'content-type': mimeType }, expiresAt: expiresAt.toISOString() }
    },
    async prepare(publicOrigin) {
      await makeBucket()
      await allowPagesOf(publicOrigin)
    },
    async probe() {
      await makeBucket()
      const key = `00000000-0000-0000-0000-000000000000/probe-${randomUUID()}`
      await put(key, Buffer.from('probe'), 'text/plain')
      const back = await get(key)
      await remove(key)
      if (!back || Buffer.from(back).toString() !== 'probe')
        throw new Error('The object store does not keep what is written.')
    },
  }
}

function isFault(error: unknown, ...names: string[]): boolean {
  return error instanceof S3ServiceException && names.includes(error.name)
}

async function ifThere<T>(send: () => Promise<T>): Promise<T | undefined> {
  try {
    return await send()
  } catch (error) {
    if (isFault(error, 'NoSuchKey', 'NotFound', 'NoSuchBucket')) return undefined
    throw error
  }
}
