CREATE TABLE "deliverable_versions" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"deliverable_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"changelog" text DEFAULT '' NOT NULL,
	"build_id" uuid,
	"asset_id" uuid,
	"file_version_id" uuid,
	"digest" text NOT NULL,
	"shown_digest" text,
	"status" text DEFAULT 'draft' NOT NULL,
	"created_by" uuid,
	"sent_at" timestamp (6) with time zone,
	"decided_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "deliverable_versions_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "deliverable_versions_kind_check" CHECK ("deliverable_versions"."kind" in ('build', 'sprite', 'picture', 'file')),
	CONSTRAINT "deliverable_versions_status_check" CHECK ("deliverable_versions"."status" in ('draft', 'waiting', 'approved', 'changes_requested', 'superseded')),
	CONSTRAINT "deliverable_versions_source_check" CHECK (num_nonnulls(build_id, asset_id, file_version_id) = 1)
);
--> statement-breakpoint
ALTER TABLE "deliverable_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "version_decisions" (
	"organization_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"decision" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"checklist" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"on_behalf" boolean NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "version_decisions_organization_id_version_id_user_id_pk" PRIMARY KEY("organization_id","version_id","user_id"),
	CONSTRAINT "version_decisions_decision_check" CHECK ("version_decisions"."decision" in ('approve', 'request_changes'))
);
--> statement-breakpoint
ALTER TABLE "version_decisions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "require_approval" boolean;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "approvers" text DEFAULT 'one' NOT NULL;--> statement-breakpoint
ALTER TABLE "deliverable_versions" ADD CONSTRAINT "deliverable_versions_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliverable_versions" ADD CONSTRAINT "deliverable_versions_organization_id_build_id_builds_organization_id_id_fk" FOREIGN KEY ("organization_id","build_id") REFERENCES "public"."builds"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliverable_versions" ADD CONSTRAINT "deliverable_versions_organization_id_asset_id_assets_organization_id_id_fk" FOREIGN KEY ("organization_id","asset_id") REFERENCES "public"."assets"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliverable_versions" ADD CONSTRAINT "deliverable_versions_organization_id_file_version_id_project_file_versions_organization_id_id_fk" FOREIGN KEY ("organization_id","file_version_id") REFERENCES "public"."project_file_versions"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "version_decisions" ADD CONSTRAINT "version_decisions_organization_id_version_id_deliverable_versions_organization_id_id_fk" FOREIGN KEY ("organization_id","version_id") REFERENCES "public"."deliverable_versions"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "deliverable_versions_number_key" ON "deliverable_versions" USING btree ("organization_id","deliverable_id","number");--> statement-breakpoint
CREATE INDEX "deliverable_versions_project_idx" ON "deliverable_versions" USING btree ("organization_id","project_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "deliverable_versions_status_idx" ON "deliverable_versions" USING btree ("organization_id","status","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "deliverable_versions_decided_idx" ON "deliverable_versions" USING btree ("organization_id","decided_at") WHERE decided_at is not null;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_approvers_check" CHECK ("projects"."approvers" in ('one', 'all'));--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "deliverable_versions" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "deliverable_versions" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "version_decisions" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "version_decisions" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);