import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type S3Server, startS3 } from './s3.ts'

// Whether the S3 server of the tests is a judge worth trusting: it has to refuse what a real one refuses.
const Bucket = 'pets'
let server: S3Server
let client: S3Client

beforeAll(async () => {
  server = await startS3()
  client = clientWith(server.secretAccessKey)
  await client.send(new CreateBucketCommand({ Bucket }))
})
afterAll(async () => {
  client?.destroy()
  await server?.stop()
})

function clientWith(secretAccessKey: string): S3Client {
  return new S3Client({
    endpoint: server.endpoint,
    region: server.region,
    forcePathStyle: true,
    credentials: { accessKeyId: server.accessKeyId, secretAccessKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
}

function signedPut(Key: string, bytes: number, expiresIn = 60): Promise<string> {
  const command = new PutObjectCommand({ Bucket, Key, ContentLength: bytes, ContentType: 'image/png' })
  return getSignedUrl(client, command, { expiresIn, signableHeaders: new Set(['content-length', 'content-type']) })
}

function put(url: string, body: string, type = 'image/png') {
  return fetch(url, { method: 'PUT', body, headers: { 'content-type': type } })
}

test('stores and returns an object, whole and in part', async () => {
  await client.send(new PutObjectCommand({ Bucket, Key: 'a/whole', Body: 'buttercup', ContentType: 'text/plain' }))
  const whole = await client.send(new GetObjectCommand({ Bucket, Key: 'a/whole' }))
  expect(await whole.Body?.transformToString()).toBe('buttercup')
  const part = await client.send(new GetObjectCommand({ Bucket, Key: 'a/whole', Range: 'bytes=0-5' }))
  expect(await part.Body?.transformToString()).toBe('butter')
})

test('refuses a wrong secret', async () => {
  const stranger = clientWith('guessed')
  const answer = stranger.send(new PutObjectCommand({ Bucket, Key: 'b', Body: 'x' }))
  await expect(answer).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' })
  stranger.destroy()
})

test('takes a signed upload of the signed size and type only', async () => {
  const url = await signedPut('c', 3)
  expect((await put(url, 'four')).status).toBe(403)
  expect((await put(url, 'abc', 'text/html')).status).toBe(403)
  await expect(client.send(new HeadObjectCommand({ Bucket, Key: 'c' }))).rejects.toMatchObject({ name: 'NotFound' })

  expect((await put(url, 'abc')).status).toBe(200)
  expect((await client.send(new HeadObjectCommand({ Bucket, Key: 'c' }))).ContentLength).toBe(3)
})

test('refuses a signed upload for another key, forged or too late', async () => {
  const url = await signedPut('d', 3)
  expect((await put(url.replace('/d?', '/e?'), 'abc')).status).toBe(403)
  expect((await put(url.replace(/Signature=\w{4}/, 'Signature=0000'), 'abc')).status).toBe(403)
  const short = await signedPut('d', 3, 1)
  await new Promise((done) => setTimeout(done, 2100))
  expect((await put(short, 'abc')).status).toBe(403)
})
