import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findProgram } from './available.ts'
import { freePort, startProcess, type TestProcess } from './process.ts'
import { proxyConfig, ringScript, storageConfig, storageKinds, type SwiftPorts } from './swift-config.ts'

const run = promisify(execFile)

export type S3Server = {
  endpoint: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  stop(): Promise<void>
}

/**
 * A real S3 server that enforces signatures: OpenStack Swift with one replica and its s3api, on free loopback ports.
 * It has no bucket. Use path-style addresses, and `WHEN_REQUIRED` for both checksum settings of the AWS SDK.
 */
export async function startS3(): Promise<S3Server> {
  const folder = await mkdtemp(join(tmpdir(), 'sparkle-swift-'))
  const running: TestProcess[] = []
  const stop = async () => {
    await Promise.all(running.map((server) => server.stop()))
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const key = { id: 'test:tester', secret: 'testing' }
    const ports = await choosePorts()
    await writeConfiguration(folder, ports, key)
    running.push(...startServers(folder, ports))
    await Promise.all(Object.values(ports).map((port, index) => running[index]?.listening(port)))
    const endpoint = `http://127.0.0.1:${ports.proxy}`
    return { endpoint, region: 'us-east-1', accessKeyId: key.id, secretAccessKey: key.secret, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function choosePorts(): Promise<SwiftPorts> {
  const [proxy, account, container, object, memcached] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ])
  return { proxy, account, container, object, memcached }
}

async function writeConfiguration(folder: string, ports: SwiftPorts, key: { id: string; secret: string }) {
  await mkdir(join(folder, 'devices', 'disk'), { recursive: true })
  await writeFile(join(folder, 'swift.conf'), '[swift-hash]\nswift_hash_path_prefix = a\nswift_hash_path_suffix = b\n')
  await writeFile(join(folder, 'proxy-server.conf'), proxyConfig(folder, ports, key))
  for (const kind of storageKinds) {
    await writeFile(join(folder, `${kind}-server.conf`), storageConfig(kind, folder, ports))
  }
  // Debian's own interpreter, for which its Swift is installed; another python3 may come first on the PATH.
  await run('/usr/bin/python3', ['-c', ringScript, folder, ...storageKinds.map((kind) => `${kind}=${ports[kind]}`)])
}

/** In the order of the ports. */
function startServers(folder: string, ports: SwiftPorts): TestProcess[] {
  const memcached = findProgram('memcached') ?? 'memcached'
  const own = process.getuid?.() === 0 ? ['-u', 'root'] : []
  const swift = (kind: string) =>
    startProcess(findProgram(`swift-${kind}-server`) ?? `swift-${kind}-server`, [join(folder, `${kind}-server.conf`)], {
      cwd: folder,
    })
  return [
    swift('proxy'),
    ...storageKinds.map(swift),
    startProcess(memcached, ['-l', '127.0.0.1', '-p', String(ports.memcached), '-m', '16', ...own]),
  ]
}
