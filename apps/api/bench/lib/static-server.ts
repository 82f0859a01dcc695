import fastifyStatic from '@fastify/static'
import Fastify from 'fastify'

// The peer `@fastify/static`, as its documentation sets it up: `node static-server.ts <root> <port>`.
const [root = '', port = '0'] = process.argv.slice(2)
const app = Fastify({ logger: false })
await app.register(fastifyStatic, { root, preCompressed: true })
await app.listen({ host: '127.0.0.1', port: Number(port) })
