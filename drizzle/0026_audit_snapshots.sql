CREATE TABLE "audit_archive" (
	"organization_id" uuid NOT NULL,
	"month" date NOT NULL,
	"row_count" integer NOT NULL,
	"first_seq" bigint NOT NULL,
	"last_seq" bigint NOT NULL,
	"storage_key" text NOT NULL,
	"digest" text NOT NULL,
	"signature" text NOT NULL,
	"archived_at" timestamp (6) with time zone NOT NULL,
	CONSTRAINT "audit_archive_organization_id_month_pk" PRIMARY KEY("organization_id","month")
);
--> statement-breakpoint
ALTER TABLE "audit_archive" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "person_keys" (
	"organization_id" uuid NOT NULL,
	"subject_id" uuid NOT NULL,
	"key_cipher" text,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"destroyed_at" timestamp (6) with time zone,
	CONSTRAINT "person_keys_organization_id_subject_id_pk" PRIMARY KEY("organization_id","subject_id")
);
--> statement-breakpoint
ALTER TABLE "person_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "audit_seal" DROP CONSTRAINT "audit_seal_organization_id_audit_id_audit_organization_id_id_fk";
--> statement-breakpoint
DROP INDEX "audit_time_idx";--> statement-breakpoint
DROP INDEX "audit_entity_idx";--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "project_id" uuid;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "before" jsonb;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "after" jsonb;--> statement-breakpoint
ALTER TABLE "audit_archive" ADD CONSTRAINT "audit_archive_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_keys" ADD CONSTRAINT "person_keys_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_seal" ADD CONSTRAINT "audit_seal_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_project_idx" ON "audit" USING btree ("organization_id","project_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "audit_actor_idx" ON "audit" USING btree ("organization_id","actor_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "audit_action_idx" ON "audit" USING btree ("organization_id","action","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "audit_entity_idx" ON "audit" USING btree ("organization_id","entity","entity_id","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "audit_archive" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "audit_archive" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "person_keys" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "person_keys" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);