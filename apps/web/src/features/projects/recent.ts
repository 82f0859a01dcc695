/** The ids of the projects somebody opened last on this device, the newest first: a habit, no data of the studio. */
const key = 'recent-projects'
const most = 5

export function recentProjects(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string').slice(0, most) : []
  } catch {
    // Storage is refused in some private windows, or somebody else wrote there.
    return []
  }
}

export function rememberProject(id: string): void {
  try {
    localStorage.setItem(key, JSON.stringify([id, ...recentProjects().filter((other) => other !== id)].slice(0, most)))
  } catch {
    // As above.
  }
}
