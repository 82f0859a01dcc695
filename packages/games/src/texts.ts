interface MessageTree {
  readonly [key: string]: string | MessageTree
}

/** Turns the message store's nested namespace into flat keys, as `buildGame` takes them: `{play: {go}}` to `play.go`. */
export function flattenTexts(tree: MessageTree, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[`${prefix}${key}`, value]]
        : Object.entries(flattenTexts(value, `${prefix}${key}.`)),
    ),
  )
}
