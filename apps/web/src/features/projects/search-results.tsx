import type { AddressHit, ProjectHit, SearchResults } from '@sparkle/shared/search'
import { useQueries, useQuery } from '@tanstack/react-query'
import { Copy, Link2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { Avatar } from '../../components/avatar.tsx'
import { PaletteGroup, PaletteItem } from '../../components/command-palette.tsx'
import { Badge } from '../../components/status.tsx'
import { notify } from '../../components/toast.tsx'
import { copyText } from '../../lib/copy-text.ts'
import { useSettled } from '../../lib/use-settled.ts'
import { projectQueries } from './api.ts'
import { PetPicture, ProjectStatusMark } from './marks.tsx'
import { recentProjects } from './recent.ts'

const delayMs = 120

interface SearchHitsProps {
  query: string
  close: () => void
  /** Marks the item of this value. */
  choose: (value: string) => void
}

/** What the palette finds in the studio; while nothing is typed, the projects that were opened last. */
export function SearchHits({ query, close, choose }: SearchHitsProps) {
  const settled = useSettled(query, delayMs)
  const asks = query.trim().length > 1
  const found = useQuery(projectQueries.search(settled))
  if (!asks) return query.trim() === '' ? <Recent close={close} /> : null
  return found.data ? <Hits query={query} found={found.data} close={close} choose={choose} /> : null
}

function Hits({ query, found, close, choose }: SearchHitsProps & { found: SearchResults }) {
  const t = useTranslations('projects.search')
  const common = useTranslations('common')
  const role = useTranslations('web.role')
  const navigate = useNavigate()
  const go = (to: string) => () => {
    close()
    void navigate(to)
  }
  const copy = ({ fullUrl }: AddressHit) => {
    close()
    void copyText(fullUrl).then((done) =>
      done ? notify(fullUrl) : notify(common('copyByHand'), { tone: 'warn', description: fullUrl }),
    )
  }
  const [firstAddress] = found.addresses
  const [firstProject] = found.projects
  const best = firstProject ? `${query} ${firstProject.petName} ${firstProject.id}` : null
  useEffect(() => {
    if (best !== null) choose(best)
  }, [best, choose])
  // cmdk filters by `value` once more: the typed letters belong to it, since the API matched other fields too.
  return (
    <>
      {found.projects.length > 0 && (
        <PaletteGroup heading={t('heading')}>
          {found.projects.map((project) => (
            <ProjectItem
              key={project.id}
              project={project}
              value={`${query} ${project.petName} ${project.id}`}
              onSelect={go(`/projects/${project.id}`)}
            />
          ))}
        </PaletteGroup>
      )}
      {firstAddress && (
        <PaletteGroup heading={t('addresses')}>
          {found.addresses.map((address) => (
            <PaletteItem
              key={address.id}
              value={`${query} ${address.slug} ${address.id}`}
              icon={<Link2 />}
              onSelect={go(`/projects/${address.projectId}/address`)}
            >
              <span className="flex items-center gap-2">
                <span className="truncate">{addressOf(address)}</span>
                <span className="truncate text-muted">{address.petName}</span>
              </span>
            </PaletteItem>
          ))}
          <PaletteItem value={`${query} copy ${firstAddress.id}`} icon={<Copy />} onSelect={() => copy(firstAddress)}>
            {t('copyAddress', { slug: addressOf(firstAddress) })}
          </PaletteItem>
        </PaletteGroup>
      )}
      {found.people.length > 0 && (
        <PaletteGroup heading={t('people')}>
          {found.people.map(({ id, name, role: has }) => (
            <PaletteItem
              key={id}
              value={`${query} ${name} ${id}`}
              icon={<Avatar size="small" name={name} />}
              onSelect={go(`/projects?artist=${id}`)}
            >
              <span className="flex items-center gap-2">
                <span className="truncate">{name}</span>
                <span className="text-muted">{role(has)}</span>
              </span>
            </PaletteItem>
          ))}
        </PaletteGroup>
      )}
    </>
  )
}

/** As people say it: without the host. */
function addressOf({ slug }: AddressHit): string {
  return `/${slug}/`
}

function Recent({ close }: { close: () => void }) {
  const t = useTranslations('projects.search')
  const navigate = useNavigate()
  const [ids] = useState(recentProjects)
  const opened = useQueries({
    queries: ids.map((id) => ({
      ...projectQueries.detail(id),
      staleTime: 60_000,
      retry: false,
      meta: { quiet: true },
    })),
  })
  const projects = opened.flatMap(({ data }) => (data ? [data] : []))
  if (projects.length === 0) return null
  return (
    <PaletteGroup heading={t('recent')}>
      {projects.map((project) => (
        <ProjectItem
          key={project.id}
          project={{ ...project, archived: project.archivedAt !== null }}
          value={`${project.petName} ${project.id}`}
          onSelect={() => {
            close()
            void navigate(`/projects/${project.id}`)
          }}
        />
      ))}
    </PaletteGroup>
  )
}

interface ProjectItemProps {
  project: ProjectHit
  value: string
  onSelect: () => void
}

function ProjectItem({ project, value, onSelect }: ProjectItemProps) {
  const t = useTranslations('projects.search')
  return (
    <PaletteItem
      value={value}
      icon={<PetPicture project={project} className="size-6 [&_svg]:size-full!" />}
      onSelect={onSelect}
    >
      <span className="flex items-center gap-2">
        <span className="truncate">{project.petName}</span>
        <span className="truncate text-muted">{project.customerName}</span>
        {project.archived && <Badge>{t('archived')}</Badge>}
        <span className="ml-auto text-small">
          <ProjectStatusMark status={project.status} />
        </span>
      </span>
    </PaletteItem>
  )
}
