import type { CreatedGuestLink, GuestSessionView } from '@sparkle/shared/guest-links'
import type { Person } from './harness.ts'
import { openReviewKit } from './review-kit.ts'

/** A studio with projects, review links to them and the guests who come in by these. */
export async function openGuestKit() {
  const kit = await openReviewKit()
  const { api, manager, passedBuild } = kit

  const share = async (projectId: string, body: object) =>
    (await api.as(manager).post(`/projects/${projectId}/guest-links`).send(body).expect(201)).body as CreatedGuestLink
  const tokenOf = ({ url }: CreatedGuestLink) => url.split('/r/')[1] ?? ''
  const open = (link: CreatedGuestLink, body: object = { name: 'Granny' }) =>
    api
      .as(null)
      .post(`/public/reviews/${tokenOf(link)}`)
      .send(body)
  const enter = async (link: CreatedGuestLink, body?: object) =>
    (await open(link, body).expect(200)).body as GuestSessionView
  /** The same requests as a person's, with the guest's token. */
  const asGuest = ({ token }: GuestSessionView) => api.as({ token } as Person)

  const draftOf = async (projectId: string): Promise<{ id: string; buildId: string }> => {
    const buildId = await passedBuild(projectId)
    const { body } = await api.as(manager).post(`/projects/${projectId}/versions`).send({ buildId }).expect(201)
    return { id: body.id, buildId }
  }
  /** A version of a build that was sent for review. */
  const sent = async (projectId: string): Promise<{ id: string; buildId: string }> => {
    const made = await draftOf(projectId)
    await api.as(manager).post(`/versions/${made.id}/send`).expect(200)
    return made
  }

  return { ...kit, share, tokenOf, open, enter, asGuest, draftOf, sent }
}
