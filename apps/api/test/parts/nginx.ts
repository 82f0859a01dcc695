import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findProgram } from './available.ts'
import { startProcess } from './process.ts'

const template = new URL('../../../../docker/nginx.conf.template', import.meta.url)
const built = fileURLToPath(new URL('../../../web/dist', import.meta.url))

export interface ProxyPlan {
  /** Where the studio is served: the SPA's files, and `/api` passed on to any of `apis`. */
  port: number
  apis: number[]
  /** Where the games are served, by any of `hosts`: what a CDN or a load balancer does. */
  gamesPort: number
  hosts: number[]
  filesOrigin: string
}

/** The web container's nginx as a plain process: the same template, filled in as the image does. */
export async function startNginx(plan: ProxyPlan): Promise<{ stop(): Promise<void> }> {
  const program = findProgram('nginx')
  if (!program) throw new Error('nginx is not on this machine')
  const folder = await mkdtemp(join(tmpdir(), 'sparkle-nginx-'))
  await chmod(folder, 0o755)
  await mkdir(join(folder, 'tmp'))
  const file = join(folder, 'nginx.conf')
  await writeFile(file, configuration(await readFile(template, 'utf8'), folder, plan))
  const server = startProcess(program, ['-e', 'stderr', '-c', file])
  await server.listening(plan.port)
  return {
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function configuration(studio: string, folder: string, plan: ProxyPlan): string {
  const filled = studio
    .replace('listen 8080;', `listen 127.0.0.1:${plan.port};`)
    .replace('/usr/share/nginx/html', built)
    .replaceAll('${API_ORIGIN}', 'http://api')
    .replaceAll('${GAMES_ORIGIN}', `http://127.0.0.1:${plan.gamesPort}`)
    .replaceAll('${FILES_ORIGIN}', plan.filesOrigin)
  const group = (name: string, ports: number[]) =>
    `upstream ${name} { ${ports.map((port) => `server 127.0.0.1:${port};`).join(' ')} }`
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
daemon off;
pid ${join(folder, 'nginx.pid')};
worker_processes 1;
${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http {
  include /etc/nginx/mime.types;
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${join(folder, 'tmp', name)};`).join('\n  ')}
  ${group('api', plan.apis)}
  ${group('games', plan.hosts)}
  server {
    listen 127.0.0.1:${plan.gamesPort};
    location / {
      proxy_pass http://games;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }
  }
${filled}
}
`
}
