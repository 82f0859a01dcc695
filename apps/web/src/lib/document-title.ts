import { useEffect } from 'react'
import { useTranslations } from 'use-intl'

/** Names the browser's tab after the page: "Projects · SparkleClassic". */
export function useDocumentTitle(title: string): void {
  const product = useTranslations('common')('productName')
  useEffect(() => {
    document.title = `${title} · ${product}`
  }, [title, product])
}
