import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router-dom'
import { useTranslations } from 'use-intl'
import { PaletteGroup, PaletteItem } from '../../components/command-palette.tsx'
import { projectQueries } from './api.ts'
import { PetPicture, ProjectStatusMark } from './marks.tsx'

const delayMs = 200

/** Projects in the command palette: the API searches, so every hit matches whatever was typed. */
export function ProjectSearchResults({ query, close }: { query: string; close: () => void }) {
  const t = useTranslations('projects.search')
  const navigate = useNavigate()
  const settled = useSettled(query, delayMs)
  const found = useQuery(projectQueries.search(settled))
  const projects = settled.trim().length > 1 ? (found.data?.items ?? []) : []
  if (projects.length === 0) return null
  return (
    <PaletteGroup heading={t('heading')}>
      {projects.map((project) => (
        <PaletteItem
          key={project.id}
          // cmdk filters by this text once more: the typed letters belong to it, since the API matched other fields too.
          value={`${query} ${project.petName} ${project.id}`}
          icon={<PetPicture project={project} className="size-6 [&_svg]:size-full!" />}
          onSelect={() => {
            close()
            void navigate(`/projects/${project.id}`)
          }}
        >
          <span className="flex items-center gap-2">
            <span className="truncate">{project.petName}</span>
            <span className="truncate text-muted">{project.customerName}</span>
            <span className="ml-auto text-small">
              <ProjectStatusMark status={project.status} />
            </span>
          </span>
        </PaletteItem>
      ))}
    </PaletteGroup>
  )
}

/** A value once it has stopped changing. */
function useSettled(value: string, afterMs: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs)
    return () => clearTimeout(timer)
  }, [value, afterMs])
  return settled
}
