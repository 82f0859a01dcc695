// Applies the stored theme before the first paint. `src/lib/theme.ts` owns the key and the values.
try {
  const theme = localStorage.getItem('theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is refused in some private windows: the system's colours apply then.
}
