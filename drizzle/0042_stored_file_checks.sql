CREATE TABLE "stored_file_checks" (
	"organization_id" uuid PRIMARY KEY NOT NULL,
	"after_key" text DEFAULT '' NOT NULL,
	"checked" integer DEFAULT 0 NOT NULL,
	"round_ended_at" timestamp (6) with time zone
);
--> statement-breakpoint
ALTER TABLE "stored_file_checks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "stored_file_faults" (
	"organization_id" uuid NOT NULL,
	"storage_key" text NOT NULL,
	"fault" text NOT NULL,
	"found_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "stored_file_faults_organization_id_storage_key_pk" PRIMARY KEY("organization_id","storage_key"),
	CONSTRAINT "stored_file_faults_fault_check" CHECK ("stored_file_faults"."fault" in ('missing', 'changed', 'orphaned'))
);
--> statement-breakpoint
ALTER TABLE "stored_file_faults" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "stored_file_checks" ADD CONSTRAINT "stored_file_checks_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stored_file_faults" ADD CONSTRAINT "stored_file_faults_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "stored_file_checks" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "stored_file_checks" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "stored_file_faults" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "stored_file_faults" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);