import type { Permission } from '@sparkle/shared/permissions'
import {
  Activity,
  CalendarDays,
  Contact,
  Eye,
  FolderHeart,
  Gamepad2,
  Images,
  LayoutDashboard,
  Link2,
  ScrollText,
  Settings,
  Users,
  type LucideIcon,
} from 'lucide-react'

export interface NavEntry {
  to: string
  label:
    | 'dashboard'
    | 'games'
    | 'gallery'
    | 'projects'
    | 'calendar'
    | 'assets'
    | 'addresses'
    | 'clients'
    | 'people'
    | 'reviews'
    | 'activity'
    | 'audit'
    | 'team'
    | 'settings'
  icon: LucideIcon
  keys: string
  /** Null is for everybody who is signed in. */
  permission: Permission | null
  /** Pages that are reached from it and have no entry of their own. */
  holds?: readonly string[]
  /** Whose entry it is; both, where it does not say. */
  only?: 'staff' | 'customers'
}

/** The rail, in its order. The first four are the phone's bar. */
export const navEntries: readonly NavEntry[] = [
  {
    to: '/',
    label: 'dashboard',
    icon: LayoutDashboard,
    keys: 'g d',
    permission: 'projects:read',
    only: 'staff',
    holds: ['/figures'],
  },
  { to: '/', label: 'games', icon: Gamepad2, keys: 'g d', permission: 'projects:read', only: 'customers' },
  { to: '/projects', label: 'projects', icon: FolderHeart, keys: 'g p', permission: 'projects:read', only: 'staff' },
  { to: '/calendar', label: 'calendar', icon: CalendarDays, keys: 'g c', permission: 'projects:read', only: 'staff' },
  { to: '/assets', label: 'assets', icon: Images, keys: 'g i', permission: 'assets:read', only: 'staff' },
  { to: '/games', label: 'gallery', icon: Gamepad2, keys: 'g g', permission: 'builds:read', only: 'staff' },
  { to: '/addresses', label: 'addresses', icon: Link2, keys: 'g a', permission: 'urls:read' },
  { to: '/clients', label: 'clients', icon: Contact, keys: 'g k', permission: 'accounts:read', only: 'staff' },
  { to: '/people', label: 'people', icon: Users, keys: 'g k', permission: 'accounts:read', only: 'customers' },
  { to: '/review', label: 'reviews', icon: Eye, keys: 'g r', permission: 'reviews:read', only: 'staff' },
  { to: '/activity', label: 'activity', icon: Activity, keys: 'g v', permission: 'activity:read' },
  { to: '/audit', label: 'audit', icon: ScrollText, keys: 'g l', permission: 'audit:read' },
  { to: '/team', label: 'team', icon: Users, keys: 'g t', permission: 'users:read' },
  { to: '/settings', label: 'settings', icon: Settings, keys: 'g s', permission: null },
]
