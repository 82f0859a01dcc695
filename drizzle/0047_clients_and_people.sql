CREATE TABLE "person_erasures" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"requested_by" uuid NOT NULL,
	"reason" text NOT NULL,
	"games" text NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"plan" jsonb,
	"erased" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (6) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "person_erasures_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "person_erasures_subject_check" CHECK ("person_erasures"."subject_kind" in ('user', 'contact')),
	CONSTRAINT "person_erasures_status_check" CHECK ("person_erasures"."status" in ('queued', 'running', 'finished', 'failed')),
	CONSTRAINT "person_erasures_games_check" CHECK ("person_erasures"."games" in ('takeDown', 'keepWithoutPhotos'))
);
--> statement-breakpoint
ALTER TABLE "person_erasures" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "person_exports" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"requested_by" uuid NOT NULL,
	"status" text DEFAULT 'queued' NOT NULL,
	"storage_key" text,
	"digest" text,
	"size_bytes" bigint,
	"expires_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (6) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "person_exports_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "person_exports_subject_check" CHECK ("person_exports"."subject_kind" in ('user', 'contact')),
	CONSTRAINT "person_exports_status_check" CHECK ("person_exports"."status" in ('queued', 'running', 'finished', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "person_exports" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "profiles" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"user_id" uuid,
	"account_id" uuid,
	"name" text DEFAULT '' NOT NULL,
	"bio" text DEFAULT '' NOT NULL,
	"skills" text[] DEFAULT '{}' NOT NULL,
	"weekly_hours" double precision,
	"species" text DEFAULT '' NOT NULL,
	"breed" text DEFAULT '' NOT NULL,
	"birthday" date,
	"traits" text DEFAULT '' NOT NULL,
	"favourites" text[] DEFAULT '{}' NOT NULL,
	"markings" text DEFAULT '' NOT NULL,
	"extra" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "profiles_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "profiles_kind_check" CHECK ("profiles"."kind" in ('artist', 'pet')),
	CONSTRAINT "profiles_person_check" CHECK ((kind = 'artist') = (user_id is not null))
);
--> statement-breakpoint
ALTER TABLE "profiles" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "person_mails" DROP CONSTRAINT "person_mails_kind_check";--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "account_id" uuid;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "pet_profile_id" uuid;--> statement-breakpoint
ALTER TABLE "person_erasures" ADD CONSTRAINT "person_erasures_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_exports" ADD CONSTRAINT "person_exports_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles" ADD CONSTRAINT "profiles_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles" ADD CONSTRAINT "profiles_organization_id_user_id_memberships_organization_id_user_id_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."memberships"("organization_id","user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles" ADD CONSTRAINT "profiles_organization_id_account_id_accounts_organization_id_id_fk" FOREIGN KEY ("organization_id","account_id") REFERENCES "public"."accounts"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "person_erasures_created_idx" ON "person_erasures" USING btree ("organization_id","created_at");--> statement-breakpoint
CREATE INDEX "person_exports_created_idx" ON "person_exports" USING btree ("organization_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "profiles_user_key" ON "profiles" USING btree ("organization_id","user_id");--> statement-breakpoint
CREATE INDEX "profiles_account_idx" ON "profiles" USING btree ("organization_id","account_id");--> statement-breakpoint
CREATE INDEX "profiles_created_idx" ON "profiles" USING btree ("organization_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organization_id_account_id_accounts_organization_id_id_fk" FOREIGN KEY ("organization_id","account_id") REFERENCES "public"."accounts"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_organization_id_pet_profile_id_profiles_organization_id_id_fk" FOREIGN KEY ("organization_id","pet_profile_id") REFERENCES "public"."profiles"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_created_idx" ON "accounts" USING btree ("organization_id","created_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "accounts_name_idx" ON "accounts" USING btree ("organization_id","name","id");--> statement-breakpoint
CREATE INDEX "contacts_account_idx" ON "contacts" USING btree ("organization_id","account_id","created_at");--> statement-breakpoint
CREATE INDEX "projects_pet_profile_idx" ON "projects" USING btree ("organization_id","pet_profile_id");--> statement-breakpoint
CREATE INDEX "projects_contact_idx" ON "projects" USING btree ("organization_id","contact_id");--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_account_check" CHECK ((role in ('owner', 'member')) = (account_id is not null));--> statement-breakpoint
ALTER TABLE "person_mails" ADD CONSTRAINT "person_mails_kind_check" CHECK ("person_mails"."kind" in ('passwordReset', 'passwordChanged', 'confirmEmail', 'emailChangeAsked', 'emailChanged', 'secondFactorOn', 'secondFactorOff', 'secondFactorReset', 'recoveryCodeUsed', 'passkeyAdded', 'passkeyRemoved', 'passkeyRefused', 'signInLinked', 'exportReady'));--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "person_erasures" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "person_erasures" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "person_exports" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "person_exports" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "profiles" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "profiles" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);