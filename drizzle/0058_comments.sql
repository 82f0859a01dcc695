CREATE TABLE "attachments" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"filename" text NOT NULL,
	"mime_type" text NOT NULL,
	"file_size" integer NOT NULL,
	"digest" text NOT NULL,
	"storage_key" text NOT NULL,
	"uploaded_by" uuid,
	"guest_link_id" uuid,
	"owner_kind" text,
	"owner_id" uuid,
	"loose_since" timestamp (6) with time zone DEFAULT now(),
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attachments_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "attachments_owner_check" CHECK ("attachments"."owner_kind" in ('comment', 'message')),
	CONSTRAINT "attachments_loose_check" CHECK (num_nonnulls(owner_kind, owner_id) = case when loose_since is null then 2 else 0 end)
);
--> statement-breakpoint
ALTER TABLE "attachments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "version_comment_reads" (
	"organization_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"read_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "version_comment_reads_organization_id_version_id_user_id_pk" PRIMARY KEY("organization_id","version_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "version_comment_reads" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "version_comments" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"parent_id" uuid,
	"author_user_id" uuid,
	"author_name" text,
	"guest_link_id" uuid,
	"author_side" text NOT NULL,
	"body" text NOT NULL,
	"internal" boolean DEFAULT false NOT NULL,
	"anchor_kind" text,
	"anchor_x" double precision,
	"anchor_y" double precision,
	"build_id" uuid,
	"tick" integer,
	"state_hash" text,
	"log" text,
	"mentions" uuid[] DEFAULT '{}' NOT NULL,
	"resolved_at" timestamp (6) with time zone,
	"resolved_by" uuid,
	"edited_at" timestamp (6) with time zone,
	"deleted_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "version_comments_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "version_comments_side_check" CHECK ("version_comments"."author_side" in ('studio', 'client', 'guest')),
	CONSTRAINT "version_comments_anchor_check" CHECK ("version_comments"."anchor_kind" in ('point', 'moment')),
	CONSTRAINT "version_comments_reply_check" CHECK (parent_id is null or (anchor_kind is null and resolved_at is null))
);
--> statement-breakpoint
ALTER TABLE "version_comments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_comment_reads" ADD CONSTRAINT "version_comment_reads_organization_id_version_id_deliverable_versions_organization_id_id_fk" FOREIGN KEY ("organization_id","version_id") REFERENCES "public"."deliverable_versions"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_comment_reads" ADD CONSTRAINT "version_comment_reads_organization_id_user_id_memberships_organization_id_user_id_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."memberships"("organization_id","user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_comments" ADD CONSTRAINT "version_comments_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_comments" ADD CONSTRAINT "version_comments_organization_id_version_id_deliverable_versions_organization_id_id_fk" FOREIGN KEY ("organization_id","version_id") REFERENCES "public"."deliverable_versions"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_comments" ADD CONSTRAINT "version_comments_organization_id_parent_id_version_comments_organization_id_id_fk" FOREIGN KEY ("organization_id","parent_id") REFERENCES "public"."version_comments"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_comments" ADD CONSTRAINT "version_comments_organization_id_build_id_builds_organization_id_id_fk" FOREIGN KEY ("organization_id","build_id") REFERENCES "public"."builds"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "attachments_owner_idx" ON "attachments" USING btree ("organization_id","owner_id");--> statement-breakpoint
CREATE INDEX "attachments_project_idx" ON "attachments" USING btree ("organization_id","project_id");--> statement-breakpoint
CREATE INDEX "attachments_uploader_idx" ON "attachments" USING btree ("organization_id","uploaded_by");--> statement-breakpoint
CREATE INDEX "attachments_loose_idx" ON "attachments" USING btree ("organization_id","loose_since") WHERE loose_since is not null;--> statement-breakpoint
CREATE INDEX "version_comments_version_idx" ON "version_comments" USING btree ("organization_id","version_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "version_comments_thread_idx" ON "version_comments" USING btree ("organization_id","parent_id","created_at");--> statement-breakpoint
CREATE INDEX "version_comments_author_idx" ON "version_comments" USING btree ("organization_id","author_user_id");--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "attachments" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "attachments" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "version_comment_reads" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "version_comment_reads" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "version_comments" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "version_comments" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);