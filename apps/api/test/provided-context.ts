/** What the global set-up hands to the test workers. */
declare module 'vitest' {
  interface ProvidedContext {
    postgres: { superUrl: string; ownerUrl: string; appUrl: string; template: string }
  }
}

export {}
