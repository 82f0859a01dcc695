import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from './available.ts'
import { startProcess } from './process.ts'

/** nginx as a CDN in front of a game host: it keeps what may be kept and says with `x-cache` whether it had it. */
export async function startCachingProxy(port: number, hostPort: number): Promise<{ stop(): Promise<void> }> {
  const program = findProgram('nginx')
  if (!program) throw new Error('nginx is not on this machine')
  const folder = await mkdtemp(join(tmpdir(), 'sparkle-cdn-'))
  await chmod(folder, 0o755)
  await mkdir(join(folder, 'tmp'))
  const file = join(folder, 'nginx.conf')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  await writeFile(
    file,
    `
daemon off;
pid ${join(folder, 'nginx.pid')};
worker_processes 1;
${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${join(folder, 'tmp', name)};`).join('\n  ')}
  proxy_cache_path ${join(folder, 'cache')} keys_zone=games:1m;
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://127.0.0.1:${hostPort};
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_cache games;
      add_header x-cache $upstream_cache_status;
    }
  }
}
`,
  )
  const server = startProcess(program, ['-e', 'stderr', '-c', file])
  await server.listening(port)
  return {
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
