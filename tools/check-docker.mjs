import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findContainerFaults } from './lib/docker.mjs'
import { root } from './lib/place.mjs'
import { pnpmVersion } from './lib/prepare.mjs'
import { report } from './lib/tracked.mjs'

/** @param {string} path */
const read = (path) => readFileSync(join(root, path), 'utf8')

report(
  'container files',
  findContainerFaults({
    compose: read('docker-compose.yml'),
    dockerfiles: { 'Dockerfile.api': read('Dockerfile.api'), 'Dockerfile.web': read('Dockerfile.web') },
    dockerignore: read('.dockerignore'),
    exampleEnv: read('docker/example.env'),
    configSource: read('apps/api/src/settings.ts'),
    nginxTemplate: read('docker/nginx.conf.template'),
    nodeVersion: JSON.parse(read('package.json')).devDependencies.node,
    pnpmVersion,
    exists: (path) => existsSync(join(root, path)),
  }),
)
