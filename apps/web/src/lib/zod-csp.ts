import { z } from 'zod'

/**
 * Zod compiles checks by `new Function`, which the page's Content-Security-Policy forbids, and looks whether it may when
 * the first schema is made. `main.tsx` therefore imports this file before anything that holds a schema.
 */
z.config({ jitless: true })
