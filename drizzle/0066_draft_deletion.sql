ALTER TABLE "version_comment_reads" DROP CONSTRAINT "version_comment_reads_organization_id_version_id_deliverable_versions_organization_id_id_fk";
--> statement-breakpoint
ALTER TABLE "version_comments" DROP CONSTRAINT "version_comments_organization_id_version_id_deliverable_versions_organization_id_id_fk";
--> statement-breakpoint
ALTER TABLE "version_comment_reads" ADD CONSTRAINT "version_comment_reads_organization_id_version_id_deliverable_versions_organization_id_id_fk" FOREIGN KEY ("organization_id","version_id") REFERENCES "public"."deliverable_versions"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_comments" ADD CONSTRAINT "version_comments_organization_id_version_id_deliverable_versions_organization_id_id_fk" FOREIGN KEY ("organization_id","version_id") REFERENCES "public"."deliverable_versions"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "drafts_only" ON "deliverable_versions" AS RESTRICTIVE FOR DELETE TO "app" USING (status = 'draft');