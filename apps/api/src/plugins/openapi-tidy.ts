type Json = { [key: string]: unknown }

const refPattern = /"#\/components\/schemas\/([^"]+)"/g

/**
 * Every named schema is generated twice, as `X` for replies and `XInput` for requests. Keeps the ones that are referred
 * to, and names a request's variant plainly `X` where no reply needs another `X`.
 */
export function tidySchemas(document: Json): Json {
  const components = document['components'] as Json
  const schemas = components['schemas'] as Record<string, Json>
  const used = reachable(document, schemas)
  const names = new Map<string, string>()
  for (const name of used) {
    const plain = name.endsWith('Input') && name.slice(0, -5) in schemas ? name.slice(0, -5) : name
    const taken = used.has(plain) && plain !== name
    names.set(name, taken && JSON.stringify(schemas[plain]) !== JSON.stringify(schemas[name]) ? name : plain)
  }
  const kept = Object.fromEntries([...names].map(([from, to]) => [to, schemas[from]]).sort(byName))
  const tidy = JSON.stringify({ ...document, components: { ...components, schemas: kept } }).replaceAll(
    refPattern,
    (_match, name: string) => `"#/components/schemas/${names.get(name) ?? name}"`,
  )
  return JSON.parse(tidy) as Json
}

/** The schemas that the paths refer to, directly or through one another. */
function reachable(document: Json, schemas: Record<string, Json>): Set<string> {
  const seen = new Set<string>()
  const queue = [JSON.stringify(document['paths'])]
  for (let text = queue.pop(); text !== undefined; text = queue.pop())
    for (const [, name] of text.matchAll(refPattern))
      if (name && !seen.has(name)) {
        seen.add(name)
        queue.push(JSON.stringify(schemas[name]))
      }
  return seen
}

function byName([a]: readonly unknown[], [b]: readonly unknown[]): number {
  return String(a) < String(b) ? -1 : 1
}

interface RouteFacts {
  method: string | string[]
  access: string
  idempotent: boolean
  versioned: boolean
}

/** What every operation has in common and no route should have to repeat: rights, headers and problems. */
export function describeHabits(schema: Json, route: RouteFacts): Json {
  const description = [schema['description'], rightsOf(route.access)].filter(Boolean).join('\n\n')
  const parameters: Json[] = []
  if (route.idempotent)
    parameters.push(
      header(
        'Idempotency-Key',
        'Repeats of the request with the same key get the first reply for 24 hours.',
        '0c9f-order-17',
      ),
    )
  if (route.versioned)
    parameters.push(
      header(
        'If-Match',
        'The ETag you changed, with its quotes: 412 if somebody was faster, 400 without them.',
        '"v3"',
      ),
    )
  return {
    ...schema,
    description,
    ...(parameters.length > 0 && { 'x-common-headers': parameters }),
    security: route.access === 'public' ? [] : [{ bearer: [] }, { cookie: [] }],
  }
}

function rightsOf(access: string): string {
  if (access === 'public') return 'Open to everybody.'
  return access === 'signed-in' ? 'For everybody who is signed in.' : `Needs the permission \`${access}\`.`
}

function header(name: string, description: string, example: string): Json {
  return { name, in: 'header', required: false, description, schema: { type: 'string', maxLength: 200 }, example }
}

/** Puts the common headers among the parameters and the problem reply beside the others. */
export function finishOperations(document: Json): Json {
  const methods = Object.values(document['paths'] as Record<string, Json>).flatMap((path) =>
    Object.values(path),
  ) as Json[]
  for (const operation of methods) {
    const extra = operation['x-common-headers'] as Json[] | undefined
    delete operation['x-common-headers']
    if (extra) operation['parameters'] = [...((operation['parameters'] as Json[] | undefined) ?? []), ...extra]
    const responses = operation['responses'] as Json
    for (const [range, description] of [
      ['4XX', 'What was asked cannot be done; `code` says why.'],
      ['5XX', 'It failed on our side.'],
    ] as const)
      responses[range] = {
        description,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      }
    for (const [status, reply] of Object.entries(responses) as [string, Json][])
      if (reply['description'] === 'Default Response') reply['description'] = meanings[status] ?? 'The reply.'
  }
  return document
}

const meanings: Record<string, string> = {
  200: 'Done; this is the result.',
  201: 'Made.',
  202: 'Accepted; the work goes on in the background.',
  204: 'Done; there is nothing to say.',
}
