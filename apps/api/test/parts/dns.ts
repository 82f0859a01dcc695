import { createSocket } from 'node:dgram'

export interface TestDns {
  /** `address:port`, as resolvers take it. */
  address: string
  /** Name -> TXT records; a name that is not here does not exist. `silent` ones are never answered. */
  records: Map<string, readonly string[] | 'silent' | 'broken'>
  close(): Promise<void>
}

const rcodes = { ok: 0, failure: 2, noName: 3 }

/** A real DNS server on UDP that knows TXT records: as much of RFC 1035 as a resolver asks for. */
export async function startDns(): Promise<TestDns> {
  const records: TestDns['records'] = new Map()
  const socket = createSocket('udp4')
  socket.on('message', (query, from) => {
    const { name, end } = readName(query)
    const known = records.get(name)
    if (known === 'silent') return
    const rcode = known === 'broken' ? rcodes.failure : known ? rcodes.ok : rcodes.noName
    const answers = Array.isArray(known) ? known.map(txtRecord) : []
    const head = Buffer.alloc(12)
    query.copy(head, 0, 0, 2)
    head.writeUInt16BE(0x8180 | rcode, 2)
    head.writeUInt16BE(1, 4)
    head.writeUInt16BE(answers.length, 6)
    socket.send(Buffer.concat([head, query.subarray(12, end + 4), ...answers]), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return {
    address: `127.0.0.1:${socket.address().port}`,
    records,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}

/** The question's name, and where its type begins. */
function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = []
  let at = 12
  for (let size = query.readUInt8(at); size > 0; size = query.readUInt8(at)) {
    labels.push(query.subarray(at + 1, at + 1 + size).toString('latin1'))
    at += size + 1
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 }
}

/** Strings of at most 255 bytes, so that a longer record comes in pieces. */
function txtRecord(text: string): Buffer {
  const bytes = Buffer.from(text)
  const pieces: Buffer[] = []
  for (let at = 0; at < Math.max(bytes.length, 1); at += 255) {
    const piece = bytes.subarray(at, at + 255)
    pieces.push(Buffer.from([piece.length]), piece)
  }
  const data = Buffer.concat(pieces)
  const head = Buffer.from([0xc0, 0x0c, 0, 16, 0, 1, 0, 0, 0, 1, 0, 0])
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}
