import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { serviceWorker } from './vite-worker.ts'

/** Where the API listens during development; the SPA stays same-origin through this proxy, as in production. */
const api = process.env.API_TARGET ?? 'http://127.0.0.1:3000'

/** `light-dark()` and CSS nesting reach the browser as written from these versions on. */
const browsers = ['chrome123', 'edge123', 'firefox128', 'safari17.5']

export default defineConfig({
  plugins: [react(), tailwindcss(), serviceWorker()],
  server: { host: '127.0.0.1', proxy: { '/api': { target: api, ws: true } } },
  preview: { host: '127.0.0.1', proxy: { '/api': { target: api, ws: true } } },
  build: {
    outDir: 'dist',
    target: browsers,
    cssTarget: browsers,
    // A file of its own for every asset: a data: URL would need a wider Content-Security-Policy.
    assetsInlineLimit: 0,
    sourcemap: true,
    // The polyfill only serves browsers older than the ones above.
    modulePreload: { polyfill: false },
  },
})
