import { Suspense, useState } from 'react'
import { Outlet, ScrollRestoration, useNavigation } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { CommandPalette } from '../../components/command-palette.tsx'
import { ShortcutsDialog } from '../../components/shortcuts-dialog.tsx'
import { SkeletonList } from '../../components/skeleton.tsx'
import { UploadTray } from '../../features/assets/upload-tray.tsx'
import { UploadsProvider } from '../../features/assets/uploads.tsx'
import { CommentOutbox } from '../../features/comments/comment-outbox.tsx'
import { MessageOutbox } from '../../features/messages/message-outbox.tsx'
import { SearchHits } from '../../features/projects/search-results.tsx'
import { useAction } from '../../lib/actions.tsx'
import { cn } from '../../lib/cn.ts'
import { useRoom } from '../../lib/live.tsx'
import { isStillSignedIn, personIn, useSession } from '../../lib/session.tsx'
import { NavActions } from '../nav-actions.tsx'
import { NewProjectAction } from '../new-project-button.tsx'
import { ThemeAction } from '../theme-action.tsx'
import { BottomBar } from './bottom-bar.tsx'
import { Rail } from './rail.tsx'
import { StandingBanners } from './standing-banners.tsx'
import { TopBar } from './top-bar.tsx'

/**
 * The frame of the tool: rail, top bar, page. A page that fills the window (the sprite tool) says `data-page="full"` and
 * sets its own height; one that says `data-whole-window` has the bars out of its way on a phone.
 */
export function StaffLayout() {
  const t = useTranslations('web.nav')
  const actions = useTranslations('common.actions')
  const [paletteOpen, setPaletteOpen] = useState(false)
  const [shortcutsOpen, setShortcutsOpen] = useState(false)
  const loading = useNavigation().state === 'loading'
  const { user, organization } = useSession()
  const person = personIn(organization?.id, user.id)
  const isTheirs = () => isStillSignedIn(person)
  useRoom('org')
  useAction({
    id: 'palette',
    label: actions('palette'),
    group: 'general',
    keys: 'mod+k',
    run: () => setPaletteOpen(true),
  })
  useAction({
    id: 'shortcuts',
    label: actions('shortcuts'),
    group: 'general',
    keys: '?',
    run: () => setShortcutsOpen(true),
  })

  return (
    <UploadsProvider>
      <div className="group/frame flex min-h-dvh">
        <a href="#page" className="floating fixed top-2 left-2 z-50 -translate-y-20 px-3 py-2 focus:translate-y-0">
          {t('skip')}
        </a>
        <NavActions />
        <NewProjectAction />
        <ThemeAction />
        <Rail />
        <div className="flex min-w-0 grow flex-col">
          <StandingBanners />
          <div className="contents max-md:group-has-[[data-whole-window]]/frame:hidden">
            <TopBar onSearch={() => setPaletteOpen(true)} onShortcuts={() => setShortcutsOpen(true)} />
          </div>
          <div
            aria-hidden="true"
            className={cn(
              'pointer-events-none sticky top-14 z-30 -mb-0.5 h-0.5 origin-left bg-accent transition-[scale,opacity] duration-700',
              loading ? 'scale-x-75' : 'scale-x-0 opacity-0',
            )}
          />
          <main
            id="page"
            tabIndex={-1}
            className="mx-auto w-full max-w-300 grow px-4 pt-6 pb-24 outline-none has-[[data-page=full]]:max-w-none! has-[[data-page=full]]:p-0! sm:px-6 md:pb-12"
          >
            <CommentOutbox key={person} person={person} isTheirs={isTheirs}>
              <MessageOutbox person={person} isTheirs={isTheirs}>
                <Suspense fallback={<SkeletonList />}>
                  <Outlet />
                </Suspense>
              </MessageOutbox>
            </CommentOutbox>
          </main>
        </div>
        <UploadTray />
        <div className="contents max-md:group-has-[[data-whole-window]]/frame:hidden">
          <BottomBar />
        </div>
        <CommandPalette
          open={paletteOpen}
          onOpenChange={setPaletteOpen}
          results={(query, close, choose) => <SearchHits query={query} close={close} choose={choose} />}
        />
        <ShortcutsDialog open={shortcutsOpen} onOpenChange={setShortcutsOpen} />
        <ScrollRestoration />
      </div>
    </UploadsProvider>
  )
}
