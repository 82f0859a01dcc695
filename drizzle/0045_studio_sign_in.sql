CREATE TABLE "external_identities" (
	"organization_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp (6) with time zone,
	CONSTRAINT "external_identities_organization_id_provider_id_subject_pk" PRIMARY KEY("organization_id","provider_id","subject")
);
--> statement-breakpoint
ALTER TABLE "external_identities" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "identity_provider_domains" (
	"organization_id" uuid NOT NULL,
	"provider_id" uuid NOT NULL,
	"domain" text NOT NULL,
	"token" text NOT NULL,
	"verified_at" timestamp (6) with time zone,
	"checked_at" timestamp (6) with time zone,
	"missing_since" timestamp (6) with time zone,
	CONSTRAINT "identity_provider_domains_organization_id_provider_id_domain_pk" PRIMARY KEY("organization_id","provider_id","domain")
);
--> statement-breakpoint
ALTER TABLE "identity_provider_domains" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "identity_providers" (
	"organization_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"issuer" text NOT NULL,
	"client_id" text,
	"client_secret_cipher" text,
	"sso_url" text,
	"certificates" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"default_role" text NOT NULL,
	"jit" boolean DEFAULT false NOT NULL,
	"enforced" boolean DEFAULT false NOT NULL,
	"trusts_second_factor" boolean DEFAULT false NOT NULL,
	"enabled" boolean DEFAULT false NOT NULL,
	"last_test_cipher" text,
	"tested_at" timestamp (6) with time zone,
	"created_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (6) with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "identity_providers_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "identity_providers_kind_check" CHECK ("identity_providers"."kind" in ('oidc', 'saml')),
	CONSTRAINT "identity_providers_default_role_check" CHECK ("identity_providers"."default_role" in ('manager', 'artist', 'moderator'))
);
--> statement-breakpoint
ALTER TABLE "identity_providers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "person_mails" DROP CONSTRAINT "person_mails_kind_check";--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "provider_id" uuid;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "bound_organization_id" uuid;--> statement-breakpoint
ALTER TABLE "external_identities" ADD CONSTRAINT "external_identities_organization_id_provider_id_identity_providers_organization_id_id_fk" FOREIGN KEY ("organization_id","provider_id") REFERENCES "public"."identity_providers"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_identities" ADD CONSTRAINT "external_identities_organization_id_user_id_memberships_organization_id_user_id_fk" FOREIGN KEY ("organization_id","user_id") REFERENCES "public"."memberships"("organization_id","user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_provider_domains" ADD CONSTRAINT "identity_provider_domains_organization_id_provider_id_identity_providers_organization_id_id_fk" FOREIGN KEY ("organization_id","provider_id") REFERENCES "public"."identity_providers"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_providers" ADD CONSTRAINT "identity_providers_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "external_identities_user_key" ON "external_identities" USING btree ("organization_id","provider_id","user_id");--> statement-breakpoint
CREATE INDEX "identity_provider_domains_domain_idx" ON "identity_provider_domains" USING btree ("domain");--> statement-breakpoint
CREATE UNIQUE INDEX "identity_providers_name_key" ON "identity_providers" USING btree ("organization_id","name");--> statement-breakpoint
CREATE INDEX "identity_providers_id_idx" ON "identity_providers" USING btree ("id");--> statement-breakpoint
ALTER TABLE "person_mails" ADD CONSTRAINT "person_mails_kind_check" CHECK ("person_mails"."kind" in ('passwordReset', 'passwordChanged', 'confirmEmail', 'emailChangeAsked', 'emailChanged', 'secondFactorOn', 'secondFactorOff', 'secondFactorReset', 'recoveryCodeUsed', 'passkeyAdded', 'passkeyRemoved', 'passkeyRefused', 'signInLinked'));--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "external_identities" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "external_identities" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "identity_provider_domains" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "identity_provider_domains" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_rows" ON "identity_providers" AS PERMISSIVE FOR ALL TO "app" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "identity_providers" AS RESTRICTIVE FOR ALL TO "app" USING ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid) WITH CHECK ("organization_id" = nullif(current_setting('app.current_org', true), '')::uuid);