import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findUnusedKeys } from './lib/message-keys.mjs'
import { root } from './lib/place.mjs'
import { report, trackedSources } from './lib/tracked.mjs'

const folder = 'packages/shared/src/messages/en'
/** Handed out whole: to the games' runtime, the games' host, the mails and exports, which pick by names of their own. */
const wholes = ['games', 'hosting', 'mails', 'people']
const messages = Object.fromEntries(
  readdirSync(join(root, folder))
    .map((file) => file.slice(0, -'.json'.length))
    .filter((namespace) => !wholes.includes(namespace))
    .map((namespace) => [namespace, JSON.parse(readFileSync(join(root, folder, `${namespace}.json`), 'utf8'))]),
)
const sources = trackedSources((path) => /^(apps|packages)\/[^/]+\/src\/.*(?<!\.test)\.tsx?$/.test(path))
report(
  'messages',
  findUnusedKeys(messages, sources).map((key) => `${folder}: nothing shows "${key}"`),
)
