CREATE TABLE "project_file_versions" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	"number" integer,
	"filename" text NOT NULL,
	"mime_type" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"storage_key" text NOT NULL,
	"digest" text,
	"uploaded_by" uuid,
	"arrived_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "project_file_versions_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "project_file_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "project_files" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"current_number" integer DEFAULT 0 NOT NULL,
	"created_by" uuid,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (6) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "project_files_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "project_files" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "project_imports" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_by" uuid NOT NULL,
	"filename" text NOT NULL,
	"storage_key" text,
	"encoding" text NOT NULL,
	"delimiter" text NOT NULL,
	"columns" jsonb NOT NULL,
	"row_count" integer NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"mode" text,
	"mapping" jsonb NOT NULL,
	"date_order" text DEFAULT 'dmy' NOT NULL,
	"imported_count" integer DEFAULT 0 NOT NULL,
	"failed_count" integer DEFAULT 0 NOT NULL,
	"passed_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (6) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "project_imports_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "project_imports_status_check" CHECK ("project_imports"."status" in ('draft', 'queued', 'running', 'finished', 'failed')),
	CONSTRAINT "project_imports_mode_check" CHECK ("project_imports"."mode" in ('valid', 'all'))
);
--> statement-breakpoint
ALTER TABLE "project_imports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "project_views" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"name" text NOT NULL,
	"shared" boolean DEFAULT false NOT NULL,
	"layout" text NOT NULL,
	"sort" text NOT NULL,
	"filters" jsonb NOT NULL,
	"columns" jsonb,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "project_views_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "project_views_layout_check" CHECK ("project_views"."layout" in ('table', 'board'))
);
--> statement-breakpoint
ALTER TABLE "project_views" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "start_date" date;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "budget_hours" double precision;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "archived_at" timestamp (6) with time zone;--> statement-breakpoint
ALTER TABLE "project_file_versions" ADD CONSTRAINT "project_file_versions_organization_id_file_id_project_files_organization_id_id_fk" FOREIGN KEY ("organization_id","file_id") REFERENCES "public"."project_files"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_files" ADD CONSTRAINT "project_files_organization_id_project_id_projects_organization_id_id_fk" FOREIGN KEY ("organization_id","project_id") REFERENCES "public"."projects"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_imports" ADD CONSTRAINT "project_imports_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_views" ADD CONSTRAINT "project_views_organization_id_owner_id_memberships_organization_id_user_id_fk" FOREIGN KEY ("organization_id","owner_id") REFERENCES "public"."memberships"("organization_id","user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "project_file_versions_file_idx" ON "project_file_versions" USING btree ("organization_id","file_id","number");--> statement-breakpoint
CREATE INDEX "project_file_versions_waiting_idx" ON "project_file_versions" USING btree ("organization_id","created_at") WHERE arrived_at is null;--> statement-breakpoint
CREATE INDEX "project_files_project_idx" ON "project_files" USING btree ("organization_id","project_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "project_imports_created_idx" ON "project_imports" USING btree ("organization_id","created_at");--> statement-breakpoint
CREATE INDEX "project_views_owner_idx" ON "project_views" USING btree ("organization_id","owner_id","created_at");--> statement-breakpoint
CREATE INDEX "projects_updated_idx" ON "projects" USING btree ("organization_id","updated_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "projects_pet_idx" ON "projects" USING btree ("organization_id","pet_name","id");--> statement-breakpoint
CREATE INDEX "projects_deadline_idx" ON "projects" USING btree ("organization_id",coalesce("deadline", 'infinity'::date),"id");--> statement-breakpoint
CREATE INDEX "projects_deadline_desc_idx" ON "projects" USING btree ("organization_id",coalesce("deadline", '-infinity'::date) desc,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "project_file_versions" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "project_file_versions" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "project_files" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "project_files" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "project_imports" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "project_imports" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "project_views" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "project_views" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);