import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ContainerFiles, findContainerFaults } from './docker.mjs'
import { root } from './place.mjs'

const read = (path: string) => readFileSync(join(root, path), 'utf8')

const sound: ContainerFiles = {
  compose: read('docker-compose.yml'),
  dockerfiles: { 'Dockerfile.api': read('Dockerfile.api'), 'Dockerfile.web': read('Dockerfile.web') },
  dockerignore: read('.dockerignore'),
  exampleEnv: read('docker/example.env'),
  configSource: read('apps/api/src/settings.ts'),
  nginxTemplate: read('docker/nginx.conf.template'),
  nodeVersion: '24.21.0',
  pnpmVersion: '10.34.8',
  exists: () => true,
}

const inCompose = (from: string, to: string) => ({ compose: replaced(sound.compose, from, to) })
const inDockerfile = (name: string, from: string, to: string) => ({
  dockerfiles: { ...sound.dockerfiles, [name]: replaced(sound.dockerfiles[name] ?? '', from, to) },
})

function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`nothing to break: ${from} is not there`)
  return text.replace(from, to)
}

test('the files as they are hold none of the faults', () => {
  expect(findContainerFaults(sound)).toEqual([])
})

const broken: [fault: string, change: Partial<ContainerFiles>][] = [
  ['COPY drizzle: there is no such file', { exists: (path) => path !== 'drizzle' }],
  ['CMD apps/api/src/server.ts: there is no such file', { exists: (path) => path !== 'apps/api/src/server.ts' }],
  ['COPY drizzle: .dockerignore keeps it out', { dockerignore: replaced(sound.dockerignore, '!drizzle\n', '') }],
  ['runs as root', inDockerfile('Dockerfile.api', 'USER node\n', '')],
  ['package.json pins Node 25.0.0', { nodeVersion: '25.0.0' }],
  ['prepare.mjs pins 9.0.0', { pnpmVersion: '9.0.0' }],
  ['sets GAME_PORT, which host does not read', inCompose('GAMES_PORT:', 'GAME_PORT:')],
  ['sets FILE_ORIGIN, which web does not read', inCompose('FILES_ORIGIN:', 'FILE_ORIGIN:')],
  ['web: publishes 8081', inCompose("'127.0.0.1:8080:8080'", "'127.0.0.1:8080:8081'")],
  [
    'opens a port and has no health check',
    inCompose('    healthcheck:\n      test: [CMD, curl', '    ignored:\n      test: [CMD, curl'),
  ],
  ['depends on redis, which is no service', inCompose('\n  redis:\n', '\n  rediss:\n')],
  ['mounts ./docker/postgres-roles.sh', { exists: (path) => path !== 'docker/postgres-roles.sh' }],
  ['its image has no fixed tag', inCompose('redis:8-bookworm', 'redis:latest')],
  ['${JWT_SECRET} is not in docker/example.env', { exampleEnv: replaced(sound.exampleEnv, 'JWT_SECRET=', '') }],
  ['the tokens of private links', { nginxTemplate: replaced(sound.nginxTemplate, 'access_log off;', '') }],
  ['the tokens of private links', { nginxTemplate: replaced(sound.nginxTemplate, 'stderr crit;', 'stderr;') }],
  ['${FILES_ORIGIN} has no default', inDockerfile('Dockerfile.web', ' FILES_ORIGIN=', '')],
]

test.each(broken)('finds: %s', (fault, change) => {
  const faults = findContainerFaults({ ...sound, ...change })
  expect(faults).toContainEqual(expect.stringContaining(fault))
})
