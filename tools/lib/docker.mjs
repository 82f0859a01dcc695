import { parse } from 'yaml'

/**
 * What the container files are checked against; everything is handed in as text, so that a test can break each part.
 * @typedef {{
 *   compose: string, dockerfiles: Record<string, string>, dockerignore: string, exampleEnv: string,
 *   configSource: string, nginxTemplate: string, nodeVersion: string, pnpmVersion: string,
 *   exists: (path: string) => boolean
 * }} ContainerFiles
 * @typedef {{ image?: string, build?: { dockerfile: string }, environment?: Record<string, string>, command?: string[],
 *   ports?: string[], expose?: string[], volumes?: string[], healthcheck?: { test?: string[] },
 *   depends_on?: Record<string, { condition: string }> }} Service
 */

/**
 * No engine runs here, so the images are not built: this finds what can be known to be wrong without one.
 * @param {ContainerFiles} files @returns {string[]}
 */
export function findContainerFaults(files) {
  const parsed = parse(files.compose, { merge: true })
  /** @type {Record<string, Service>} */
  const services = parsed.services
  return [
    ...Object.entries(files.dockerfiles).flatMap(([name, text]) => dockerfileFaults(name, text, files)),
    ...Object.entries(services).flatMap(([name, service]) =>
      serviceFaults(name, service, services, Object.keys(parsed.volumes ?? {}), files).map(
        (fault) => `docker-compose.yml: ${name}: ${fault}`,
      ),
    ),
    ...unknownVariables(files),
    ...talkativeLogs(files.nginxTemplate),
  ]
}

/** @param {string} name @param {string} text @param {ContainerFiles} files @returns {string[]} */
function dockerfileFaults(name, text, files) {
  const lines = text.split('\n').map((line) => line.trim())
  const faults = []
  for (const source of lines.flatMap(copySources)) {
    if (!files.exists(source)) faults.push(`COPY ${source}: there is no such file`)
    else if (isIgnored(source, files.dockerignore)) faults.push(`COPY ${source}: .dockerignore keeps it out`)
  }
  const bases = lines.flatMap((line) => /^FROM (\S+)/.exec(line)?.[1] ?? [])
  for (const base of bases.filter(
    (image) => image.startsWith('node:') && !image.startsWith(`node:${files.nodeVersion}-`),
  )) {
    faults.push(`FROM ${base}: package.json pins Node ${files.nodeVersion}`)
  }
  for (const [, version] of text.matchAll(/pnpm@([\d.]+)/g)) {
    if (version !== files.pnpmVersion) faults.push(`pnpm ${version}: tools/lib/prepare.mjs pins ${files.pnpmVersion}`)
  }
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')))
  const user = last.findLast((line) => line.startsWith('USER '))?.slice(5)
  const unprivileged = /-unprivileged:/.test(last[0] ?? '')
  if (user === 'root' || (user === undefined && !unprivileged)) faults.push('the final image runs as root: set USER')
  const command = last.find((line) => line.startsWith('CMD '))
  for (const file of command ? scriptsOf(JSON.parse(command.slice(4))) : []) {
    if (!files.exists(file)) faults.push(`CMD ${file}: there is no such file`)
  }
  return faults.map((fault) => `${name}: ${fault}`)
}

/** The files that a COPY takes from the build context. @param {string} line */
function copySources(line) {
  if (!line.startsWith('COPY ') || line.includes('--from=')) return []
  return line.split(/\s+/).slice(1, -1)
}

/**
 * The part of .dockerignore's rules that this project uses: everything is out, `!` lines let in, `*` is one name.
 * @param {string} path @param {string} dockerignore
 */
function isIgnored(path, dockerignore) {
  const letIn = dockerignore.split('\n').flatMap((line) => (line.startsWith('!') ? line.slice(1).trim() : []))
  return !letIn.some((rule) => {
    const pattern = rule.replaceAll('.', '\\.').replaceAll('*', '[^/]*')
    return new RegExp(`^${pattern}(/|$)`).test(path)
  })
}

/** @param {string[]} command */
function scriptsOf(command) {
  return command.filter((word) => /\.(ts|mjs|js)$/.test(word))
}

/**
 * @param {string} name @param {Service} service @param {Record<string, Service>} services
 * @param {string[]} volumes @param {ContainerFiles} files
 */
function serviceFaults(name, service, services, volumes, files) {
  const faults = []
  const dockerfile = service.build?.dockerfile
  if (dockerfile && !(dockerfile in files.dockerfiles)) faults.push(`${dockerfile} does not exist`)
  if (!dockerfile && !/:(?!latest$)[\w.-]+$/.test(service.image ?? '')) faults.push('its image has no fixed tag')
  for (const file of scriptsOf(service.command ?? [])) {
    if (!files.exists(file)) faults.push(`its command names ${file}, which does not exist`)
  }
  for (const [needed, { condition }] of Object.entries(service.depends_on ?? {})) {
    const other = services[needed]
    if (!other) faults.push(`depends on ${needed}, which is no service`)
    else if (condition === 'service_healthy' && !other.healthcheck)
      faults.push(`waits for the health of ${needed}, which has no check`)
  }
  for (const volume of service.volumes ?? []) {
    const [source = ''] = volume.split(':')
    if (source.startsWith('./') ? !files.exists(source.slice(2)) : !volumes.includes(source)) {
      faults.push(`mounts ${source}, which does not exist`)
    }
  }
  const published = [...(service.ports ?? []), ...(service.expose ?? [])].map((port) => Number(port.split(':').at(-1)))
  if (published.length > 0 && !service.healthcheck) faults.push('opens a port and has no health check')
  return [...faults, ...ownImageFaults(name, service, published, files)]
}

/** @param {string} name @param {Service} service @param {number[]} published @param {ContainerFiles} files */
function ownImageFaults(name, service, published, files) {
  const dockerfile = service.build?.dockerfile
  const text = dockerfile ? files.dockerfiles[dockerfile] : undefined
  if (!text) return []
  const faults = []
  const exposed = [...text.matchAll(/^EXPOSE (.+)$/gm)].flatMap(([, ports]) => (ports ?? '').split(' ').map(Number))
  for (const port of published)
    if (!exposed.includes(port)) faults.push(`publishes ${port}, which ${dockerfile} does not expose`)
  const known = dockerfile === 'Dockerfile.web' ? variablesOf(files.nginxTemplate) : settingsOf(files.configSource)
  for (const variable of Object.keys(service.environment ?? {})) {
    if (!known.includes(variable)) faults.push(`sets ${variable}, which ${name} does not read`)
  }
  return faults
}

/** The names in settings.ts's schema of the environment. @param {string} source */
export function settingsOf(source) {
  return [...source.matchAll(/^ {2}([A-Z][A-Z0-9_]+):/gm)].flatMap(([, name]) => name ?? [])
}

/** @param {string} text */
function variablesOf(text) {
  return [...new Set([...text.matchAll(/\$\{([A-Z][A-Z0-9_]*)/g)].flatMap(([, name]) => name ?? []))]
}

/** @param {ContainerFiles} files @returns {string[]} */
function unknownVariables(files) {
  const offered = files.exampleEnv.split('\n').flatMap((line) => /^([A-Z][A-Z0-9_]*)=/.exec(line)?.[1] ?? [])
  const image = [...(files.dockerfiles['Dockerfile.web'] ?? '').matchAll(/([A-Z_]+)=\S*/g)].map(([, name]) => name)
  return [
    ...variablesOf(files.compose)
      .filter((name) => !offered.includes(name))
      .map((name) => `docker-compose.yml: \${${name}} is not in docker/example.env`),
    ...variablesOf(files.nginxTemplate)
      .filter((name) => !image.includes(name))
      .map((name) => `docker/nginx.conf.template: \${${name}} has no default in Dockerfile.web`),
  ]
}

/** nginx writes down request lines, and with them the tokens of private links. @param {string} template @returns {string[]} */
function talkativeLogs(template) {
  const settings = template.split('\n').map((line) => line.trim())
  const logs = settings.filter((line) => /^(access|error)_log\b/.test(line))
  const isQuiet = ['access_log off;', 'error_log stderr crit;'].every((line) => logs.includes(line))
  return isQuiet && logs.length === 2 ? [] : ['docker/nginx.conf.template: its logs hold the tokens of private links']
}
